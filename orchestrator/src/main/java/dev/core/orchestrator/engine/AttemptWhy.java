package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Attempt.Hold;
import dev.core.orchestrator.engine.Surroundings.Capacity;
import dev.core.orchestrator.engine.Why.Cause;
import java.time.Instant;
import java.util.Locale;

/** What an attempt at a task is waiting for, or doing. */
final class AttemptWhy {

  private AttemptWhy() {}

  static Why submitted(Task task, Surroundings surroundings) {
    var trouble = surroundings.trouble();
    if (trouble != null) {
      return Why.unavailable(task, trouble);
    }
    Attempt attempt = task.open().orElse(null);
    if (attempt != null && attempt.fan() != null && !attempt.jobs().isEmpty()) {
      return FanOutWhy.of(task, attempt, attempt.fan(), surroundings);
    }
    if (attempt == null || attempt.jobs().isEmpty()) {
      boolean unknown = attempt != null && attempt.asked() == Asked.NO_ANSWER;
      return new Why(
          Cause.NO_ANSWER,
          unknown
              ? "whether the backend has a job for it is being looked up"
              : "the backend is being asked for a job",
          "the backend answers",
          task.since());
    }
    Job job = attempt.jobs().getLast();
    Capacity capacity = surroundings.capacity().get(attempt.jobName());
    if (capacity != null && capacity.workers() == 0) {
      return noWorker(job, capacity);
    }
    if (capacity != null && capacity.full()) {
      return noCapacity(job, capacity);
    }
    String said = surroundings.standing().getOrDefault(job.jobId(), job.reason());
    return new Why(
        Cause.AT_BACKEND,
        "job %s is %s and no worker has claimed it%s"
            .formatted(
                job.jobId(),
                job.status().name().toLowerCase(Locale.ROOT),
                said == null ? "" : ": " + said),
        "the backend starts the job: it has capacity, and a worker comes up",
        job.submittedAt());
  }

  private static Why noWorker(Job job, Capacity capacity) {
    Instant beatAt = capacity.beatAt();
    return new Why(
        Cause.NO_WORKER,
        "job %s is queued on %s, where no resident worker beats"
            .formatted(job.jobId(), capacity.host()),
        "the leader starts one if it runs on that machine; else `corebot serve` there",
        beatAt == null ? job.submittedAt() : Why.later(job.submittedAt(), beatAt));
  }

  private static Why noCapacity(Job job, Capacity capacity) {
    return new Why(
        Cause.NO_CAPACITY,
        "job %s is queued on %s, all of whose %d slots are taken"
            .formatted(job.jobId(), capacity.host(), capacity.slots()),
        "a task ends there; CORE_LOCAL_SLOTS gives a worker more slots",
        capacity.slots() == 0
            ? job.submittedAt()
            : Why.later(job.submittedAt(), capacity.taken().get(capacity.slots() - 1)));
  }

  static Why running(Task task, Surroundings surroundings) {
    Attempt attempt = task.open().orElse(null);
    FanOut fan = attempt == null ? null : attempt.fan();
    if (attempt != null && fan != null) {
      return FanOutWhy.of(task, attempt, fan, surroundings);
    }
    Hold hold = task.open().map(Attempt::hold).orElse(null);
    if (hold == null) {
      return new Why(
          Cause.RUNNING, "a worker is at it", "it ends, or `core cancel` ends it", task.since());
    }
    Instant silent = hold.renewedAt().plus(surroundings.silentAfter());
    if (surroundings.now().isAfter(silent)) {
      return new Why(
          Cause.WORKER_SILENT,
          "the worker in job %s has not given a sign of life".formatted(hold.jobId()),
          "it does; or from %s on it is taken for lost, and the task is tried again"
              .formatted(hold.renewedAt().plus(surroundings.claimLease())),
          hold.renewedAt());
    }
    return new Why(
        Cause.RUNNING,
        "a worker is at it in job "
            + hold.jobId()
            + (hold.progress() == null ? "" : ": " + hold.progress()),
        "it ends, or `core cancel` ends it",
        hold.claimedAt());
  }

  static Why retrying(Task task, Surroundings surroundings) {
    Failure failure = task.failure();
    String failed =
        "attempt %d failed%s"
            .formatted(
                task.attempts(),
                failure == null
                    ? ""
                    : " (" + failure.failureClass() + ": " + failure.message() + ")");
    Instant retryAt = task.retryAt();
    if (retryAt == null || !surroundings.now().isBefore(retryAt)) {
      return Why.nextStep(
          failed + "; the time of the next one has come", retryAt == null ? task.since() : retryAt);
    }
    return new Why(
        Cause.RETRY_DELAY,
        failed + "; the next one starts at " + retryAt,
        "the time comes",
        task.since());
  }
}
