package dev.core.orchestrator.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the leader knows of a job of an attempt.
 *
 * @param terminateAskedAt when the backend was last asked to end it
 */
public record Job(
    String jobId,
    Status status,
    Instant submittedAt,
    @Nullable Instant terminateAskedAt,
    @Nullable Instant endedAt,
    @Nullable Integer exitCode,
    @Nullable String reason) {

  /** The life of a job. */
  public enum Status {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** The backend has not known it for so long that it cannot exist. */
    GONE;

    public boolean ended() {
      return this == SUCCEEDED || this == FAILED || this == GONE;
    }
  }

  static Job pending(String jobId, Instant now) {
    return new Job(jobId, Status.PENDING, now, null, null, null, null);
  }

  boolean live() {
    return !status.ended();
  }

  /** Also one that was seen to end: what a claim says comes first, and its end is seen again. */
  Job started() {
    return new Job(jobId, Status.RUNNING, submittedAt, terminateAskedAt, null, null, null);
  }

  Job waiting(@Nullable String why) {
    return new Job(jobId, status, submittedAt, terminateAskedAt, endedAt, exitCode, why);
  }

  Job ended(Status end, Instant now, @Nullable Integer code, @Nullable String why) {
    return new Job(jobId, end, submittedAt, terminateAskedAt, now, code, why);
  }

  Job terminationAsked(Instant now) {
    return new Job(jobId, status, submittedAt, now, endedAt, exitCode, reason);
  }
}
