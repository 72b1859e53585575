package dev.core.orchestrator.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the leader knows of a job of an attempt.
 *
 * @param terminateAskedAt when the backend was last asked to end it
 * @param chunk the first index of the {@link Chunk} that it runs; 0 unless the task is split
 */
public record Job(
    String jobId,
    Status status,
    Instant submittedAt,
    @Nullable Instant terminateAskedAt,
    @Nullable Instant endedAt,
    @Nullable Integer exitCode,
    @Nullable String reason,
    int chunk) {

  /** Of a task that is not split. */
  public Job(
      String jobId,
      Status status,
      Instant submittedAt,
      @Nullable Instant terminateAskedAt,
      @Nullable Instant endedAt,
      @Nullable Integer exitCode,
      @Nullable String reason) {
    this(jobId, status, submittedAt, terminateAskedAt, endedAt, exitCode, reason, 0);
  }

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
    return pending(jobId, now, 0);
  }

  static Job pending(String jobId, Instant now, int chunk) {
    return new Job(jobId, Status.PENDING, now, null, null, null, null, chunk);
  }

  /**
   * The job that is asked about and ended: of a member of an array, which backends call {@code
   * <array>:<index>}, the array; of any other, itself.
   */
  public static String arrayOf(String jobId) {
    int colon = jobId.lastIndexOf(':');
    boolean member =
        colon > 0
            && colon < jobId.length() - 1
            && jobId.chars().skip(colon + 1L).allMatch(each -> each >= '0' && each <= '9');
    return member ? jobId.substring(0, colon) : jobId;
  }

  boolean live() {
    return !status.ended();
  }

  /** Also one that was seen to end: what a claim says comes first, and its end is seen again. */
  Job started() {
    return new Job(jobId, Status.RUNNING, submittedAt, terminateAskedAt, null, null, null, chunk);
  }

  Job waiting(@Nullable String why) {
    return new Job(jobId, status, submittedAt, terminateAskedAt, endedAt, exitCode, why, chunk);
  }

  Job ended(Status end, Instant now, @Nullable Integer code, @Nullable String why) {
    return new Job(jobId, end, submittedAt, terminateAskedAt, now, code, why, chunk);
  }

  Job terminationAsked(Instant now) {
    return new Job(jobId, status, submittedAt, now, endedAt, exitCode, reason, chunk);
  }
}
