package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a task is not finished: one cause, what would end it, since when. Every unfinished task has
 * one, and what it names is so. Of several, the one is named that has to end first.
 *
 * @param text what holds it, for people
 * @param remedy what would unblock it, for people
 * @param since from when on the cause has certainly held; it may have held before, where nothing
 *     that is stored can tell
 */
public record Why(Cause cause, String text, String remedy, Instant since) {

  /** The closed list of causes. */
  public enum Cause {
    /** Nobody leads, so nothing is decided. */
    NO_LEADER,
    /** The run could not be journalled and is left alone. */
    QUARANTINED,
    /** Its pipeline, or every pipeline, is paused. */
    PAUSED,
    /** The overlap policy lets another run of the pipeline go first. */
    OVERLAP,
    /** Nothing holds it: it goes on with the leader's next step. */
    NEXT_STEP,
    /** Tasks of earlier waves have not passed. */
    UPSTREAM,
    /** Its pool has no free slot, or is no longer there. */
    POOL,
    /** Its pipeline has as many live tasks as it may have. */
    PIPELINE_LIMIT,
    /** The orchestrator has as many live tasks as it may have. */
    ORCHESTRATOR_LIMIT,
    /** It is next in line; the backend takes only so many submissions at a time. */
    SUBMISSION_RATE,
    /** The backend cannot be asked. */
    BACKEND_UNAVAILABLE,
    /** Whether the backend has a job for it is being found out. */
    NO_ANSWER,
    /** It has a job, and no worker has claimed it. */
    AT_BACKEND,
    /** It has a job of a machine that has no resident worker. */
    NO_WORKER,
    /** It has a job of a machine all of whose slots are taken. */
    NO_CAPACITY,
    /** A worker is at it. */
    RUNNING,
    /** A worker is at it, and gives no sign of life. */
    WORKER_SILENT,
    /** Its next attempt comes later. */
    RETRY_DELAY,
    /** Its jobs are asked to end and have not been seen to. */
    ENDING
  }

  /** Empty for a task that has ended. */
  public static Optional<Why> of(Run run, Task task, Surroundings surroundings) {
    if (task.status().terminal()) {
      return Optional.empty();
    }
    var quarantine = surroundings.quarantine();
    if (quarantine != null) {
      return Optional.of(
          new Why(
              Cause.QUARANTINED,
              "the run is quarantined: " + quarantine.cause(),
              "remove the cause, then `core release " + run.id() + "`",
              quarantine.since()));
    }
    Instant leaderless = surroundings.leaderless();
    if (leaderless != null && task.status() != TaskStatus.RUNNING) {
      return Optional.of(
          new Why(
              Cause.NO_LEADER,
              "no orchestrator leads",
              "start one: `core server`, or `core run … --wait`",
              later(task.since(), leaderless)));
    }
    return Optional.of(
        switch (task.status()) {
          case WAITING -> WaitingWhy.of(run, task, surroundings);
          case READY -> ReadyWhy.of(run, task, surroundings);
          case SUBMITTED -> AttemptWhy.submitted(task, surroundings);
          case RUNNING -> AttemptWhy.running(task, surroundings);
          case RETRYING -> AttemptWhy.retrying(task, surroundings);
          case CANCELLING -> EndingWhy.of(task, surroundings);
          case SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED ->
              throw new IllegalStateException(task.status() + " is not unfinished");
        });
  }

  static Why paused(Task task, Pause pause) {
    return new Why(
        Cause.PAUSED,
        (pause.isOfAll() ? "every pipeline is paused " : "the pipeline is paused ") + pause.told(),
        "`core resume " + (pause.isOfAll() ? "--all" : pause.scope()) + "`",
        later(task.since(), pause.since()));
  }

  /** What has come about, and is only to be taken notice of. */
  static Why nextStep(String text, Instant since) {
    return new Why(Cause.NEXT_STEP, text, "nothing is to be done", since);
  }

  static Why unavailable(Task task, Surroundings.Trouble trouble) {
    return new Why(
        Cause.BACKEND_UNAVAILABLE,
        "the backend cannot be asked: " + trouble.message(),
        "it answers again; it is asked all the time",
        later(task.since(), trouble.since()));
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  static String shortList(List<String> names) {
    return names.size() <= 5
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more";
  }
}
