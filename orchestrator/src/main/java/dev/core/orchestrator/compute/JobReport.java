package dev.core.orchestrator.compute;

import dev.core.common.protocol.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says of a job.
 *
 * @param createdAt by the backend's clock; orders twins
 * @param exitCode of its program, when it ran and ended
 * @param reason the backend's words for an end, or for why it waits
 * @param failureClass how those words and the exit code are classified; null unless FAILED
 */
public record JobReport(
    String jobId,
    String name,
    Status status,
    Instant createdAt,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable FailureClass failureClass) {

  /** The life of a job, as far as CORE cares. */
  public enum Status {
    /** Accepted, not started. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED;

    public boolean ended() {
      return this == SUCCEEDED || this == FAILED;
    }
  }
}
