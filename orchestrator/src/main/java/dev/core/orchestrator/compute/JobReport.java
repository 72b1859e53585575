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
 * @param failedMembers of an array; 0 for any other job
 * @param failureClass how those words and the exit code are classified; null unless FAILED
 */
public record JobReport(
    String jobId,
    String name,
    Status status,
    Instant createdAt,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable FailureClass failureClass,
    int failedMembers) {

  /** Of a job that is no array. */
  public JobReport(
      String jobId,
      String name,
      Status status,
      Instant createdAt,
      @Nullable Integer exitCode,
      @Nullable String reason,
      @Nullable FailureClass failureClass) {
    this(jobId, name, status, createdAt, exitCode, reason, failureClass, 0);
  }

  /**
   * An array, as its members stand: PENDING until one has started, ended when all have.
   *
   * @param reason of its end; while it lives, how many members stand how is told
   */
  public static JobReport ofArray(
      String jobId, String name, Instant createdAt, Members members, @Nullable String reason) {
    Status status = members.status();
    return new JobReport(
        jobId,
        name,
        status,
        createdAt,
        null,
        status.ended() ? reason : members.toString(),
        status == Status.FAILED ? FailureClass.INFRASTRUCTURE : null,
        members.failed());
  }

  /** How many members of an array stand how. */
  public record Members(int pending, int running, int succeeded, int failed) {

    Status status() {
      if (pending + running > 0) {
        return running + succeeded + failed > 0 ? Status.RUNNING : Status.PENDING;
      }
      return failed > 0 ? Status.FAILED : Status.SUCCEEDED;
    }

    @Override
    public String toString() {
      return "%,d pending, %,d running, %,d succeeded, %,d failed"
          .formatted(pending, running, succeeded, failed);
    }
  }

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
