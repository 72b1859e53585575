package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at a task, as the leader knows it. Immutable.
 *
 * @param number from 1 within the task
 * @param token whoever knows it may claim
 * @param jobName deterministic and unique; a job whose answer was lost is found by it
 * @param asked what is known of the submission
 * @param askedAt the last moment at which the backend may have been asked for a job
 * @param hold the claim, once a worker has it; always null if the task is split
 * @param fan its partitions; null unless the task is split
 */
public record Attempt(
    long id,
    int number,
    String token,
    String jobName,
    String queue,
    String definitionRevision,
    AttemptStatus status,
    Instant intendedAt,
    Asked asked,
    Instant askedAt,
    @Nullable Hold hold,
    @Nullable Instant closedAt,
    @Nullable String closeReason,
    @Nullable Instant endedAt,
    @Nullable Failure failure,
    List<Job> jobs,
    @Nullable FanOut fan) {

  public Attempt {
    jobs = List.copyOf(jobs);
  }

  /** What is known of the submission of an attempt that has no job. Not stored. */
  public enum Asked {
    /** This leader may submit it: nobody has asked since the permission was journalled. */
    NOT_YET,
    /** Somebody may have asked: look for a job of its name before asking again. */
    NO_ANSWER,
    /** The backend answered. */
    ANSWERED
  }

  /**
   * A worker's claim.
   *
   * @param renewedAt the last renewal that the leader has read
   */
  public record Hold(
      String claimant,
      String jobId,
      Instant claimedAt,
      Instant renewedAt,
      @Nullable String progress) {}

  Optional<Job> job(String jobId) {
    return jobs.stream().filter(job -> job.jobId().equals(jobId)).findFirst();
  }

  boolean hasLiveJobs() {
    return jobs.stream().anyMatch(Job::live);
  }

  /** When it began to have an effect: a worker has claimed it, or the first of its partitions. */
  public @Nullable Instant claimedAt() {
    return fan != null ? fan.claimedAt() : hold == null ? null : hold.claimedAt();
  }

  /** Nothing is left to do or to learn: it can be dropped from memory. */
  public boolean settled() {
    return status.ended() && !hasLiveJobs();
  }

  Attempt with(AttemptStatus next) {
    return copy(next, asked, askedAt, hold, closedAt, closeReason, endedAt, failure, jobs, fan);
  }

  Attempt with(Asked next, Instant at) {
    return copy(status, next, at, hold, closedAt, closeReason, endedAt, failure, jobs, fan);
  }

  Attempt with(FanOut next) {
    return copy(status, asked, askedAt, hold, closedAt, closeReason, endedAt, failure, jobs, next);
  }

  Attempt with(Hold next) {
    return copy(status, asked, askedAt, next, closedAt, closeReason, endedAt, failure, jobs, fan);
  }

  /** Adds the job, or replaces the one of the same id. */
  Attempt with(Job job) {
    var next = new ArrayList<Job>(jobs.size() + 1);
    boolean known = false;
    for (Job other : jobs) {
      boolean same = other.jobId().equals(job.jobId());
      next.add(same ? job : other);
      known |= same;
    }
    if (!known) {
      next.add(job);
    }
    return copy(status, asked, askedAt, hold, closedAt, closeReason, endedAt, failure, next, fan);
  }

  Attempt closed(Instant now, String reason) {
    return copy(
        AttemptStatus.CLOSED,
        asked,
        askedAt,
        hold,
        now,
        Reason.shortened(reason),
        endedAt,
        failure,
        jobs,
        fan);
  }

  Attempt ended(AttemptStatus end, Instant now, @Nullable Failure why) {
    return copy(end, asked, askedAt, hold, closedAt, closeReason, now, why, jobs, fan);
  }

  private Attempt copy(
      AttemptStatus newStatus,
      Asked newAsked,
      Instant newAskedAt,
      @Nullable Hold newHold,
      @Nullable Instant newClosedAt,
      @Nullable String newCloseReason,
      @Nullable Instant newEndedAt,
      @Nullable Failure newFailure,
      List<Job> newJobs,
      @Nullable FanOut newFan) {
    return new Attempt(
        id,
        number,
        token,
        jobName,
        queue,
        definitionRevision,
        newStatus,
        intendedAt,
        newAsked,
        newAskedAt,
        newHold,
        newClosedAt,
        newCloseReason,
        newEndedAt,
        newFailure,
        newJobs,
        newFan);
  }
}
