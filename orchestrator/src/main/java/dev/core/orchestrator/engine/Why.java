package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Attempt.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Why a task is not finished: one cause, what would end it, since when. Every unfinished task has
 * one.
 *
 * @param text what holds it, for people
 * @param remedy what would unblock it, for people
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
    /** Tasks of earlier waves have not passed. */
    UPSTREAM,
    /** Its pool has no free slot. */
    POOL,
    /** Its pipeline has as many live tasks as it may have. */
    PIPELINE_LIMIT,
    /** The orchestrator has as many live tasks as it may have. */
    ORCHESTRATOR_LIMIT,
    /** It is next in line; the backend takes only so many submissions at a time. */
    SUBMISSION_RATE,
    /** Whether the backend has a job for it is being found out. */
    NO_ANSWER,
    /** It has a job, and no worker has claimed it. */
    AT_BACKEND,
    /** A worker is at it. */
    RUNNING,
    /** Its next attempt comes later. */
    RETRY_DELAY,
    /** Its jobs are asked to end and have not been seen to. */
    ENDING
  }

  /**
   * What the answer depends on beside the run.
   *
   * @param leaderAlive whether somebody's lease is running
   * @param pause that its pipeline is under; null: none
   * @param quarantine why the run is quarantined; null: it is not
   * @param otherRuns unfinished, not queued runs of the same pipeline
   * @param live tasks at the backend, of all runs
   * @param poolUse slots taken, by pool
   */
  public record Surroundings(
      boolean leaderAlive,
      Instant leaderlessSince,
      @Nullable Pause pause,
      @Nullable String quarantine,
      Instant quarantinedSince,
      List<Long> otherRuns,
      Dispatcher.Limits limits,
      int live,
      Map<String, Integer> poolUse) {
    public Surroundings {
      otherRuns = List.copyOf(otherRuns);
      poolUse = Map.copyOf(poolUse);
    }
  }

  /** Empty for a task that has ended. */
  public static Optional<Why> of(Run run, Task task, Surroundings surroundings) {
    if (task.status().terminal()) {
      return Optional.empty();
    }
    String quarantine = surroundings.quarantine();
    if (quarantine != null) {
      return Optional.of(
          new Why(
              Cause.QUARANTINED,
              "the run is quarantined: " + quarantine,
              "remove the cause, then `core release " + run.id() + "`",
              surroundings.quarantinedSince()));
    }
    if (!surroundings.leaderAlive() && task.status() != TaskStatus.RUNNING) {
      return Optional.of(
          new Why(
              Cause.NO_LEADER,
              "no orchestrator leads",
              "start one: `core server`, or `core run … --wait`",
              surroundings.leaderlessSince()));
    }
    Pause pause = surroundings.pause();
    if (pause != null && (task.status() == TaskStatus.READY || run.status() == RunStatus.QUEUED)) {
      return Optional.of(paused(task, pause));
    }
    return Optional.of(
        switch (task.status()) {
          case WAITING -> waiting(run, task, surroundings);
          case READY -> ready(run, task, surroundings);
          case SUBMITTED -> submitted(task);
          case RUNNING -> running(task);
          case RETRYING -> retrying(task);
          case CANCELLING -> EndingWhy.of(task);
          case SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED ->
              throw new IllegalStateException(task.status() + " is not unfinished");
        });
  }

  private static Why paused(Task task, Pause pause) {
    return new Why(
        Cause.PAUSED,
        (pause.isOfAll() ? "every pipeline is paused " : "the pipeline is paused ") + pause.told(),
        "`core resume " + (pause.isOfAll() ? "--all" : pause.scope()) + "`",
        task.since().isAfter(pause.since()) ? task.since() : pause.since());
  }

  private static Why waiting(Run run, Task task, Surroundings surroundings) {
    if (run.status() == RunStatus.QUEUED) {
      return new Why(
          Cause.OVERLAP,
          surroundings.otherRuns().isEmpty()
              ? "the run is queued and about to start"
              : "the run is queued behind run "
                  + surroundings.otherRuns().getFirst()
                  + " (overlap policy "
                  + run.plan().definition().overlapPolicy()
                  + ")",
          surroundings.otherRuns().isEmpty()
              ? "nothing is to be done"
              : "that run ends, or `core cancel " + surroundings.otherRuns().getFirst() + "`",
          task.since());
    }
    Dag.Wave frontier = run.plan().dag().waves().get(run.frontier());
    if (task.index() < frontier.end()) {
      return EndingWhy.downstream(run, task, frontier);
    }
    List<String> unfinished =
        IntStream.range(frontier.spacer() + 1, frontier.end())
            .filter(index -> !run.tasks().get(index).status().passes())
            .mapToObj(index -> run.plan().key(index))
            .toList();
    return new Why(
        Cause.UPSTREAM,
        "waits for wave %d (%s): %d of %d tasks have not succeeded: %s"
            .formatted(
                frontier.number(),
                frontier.state(),
                unfinished.size(),
                frontier.size(),
                shortList(unfinished)),
        "they succeed",
        task.since());
  }

  private static Why ready(Run run, Task task, Surroundings surroundings) {
    Integer limit = run.plan().definition().parallelTaskLimit();
    String pool = run.plan().pool(task.index());
    if (limit != null && run.live() >= limit) {
      return new Why(
          Cause.PIPELINE_LIMIT,
          "the pipeline may have " + limit + " tasks at a time, and has " + run.live(),
          "one of them ends; the limit is pipelines.parallel_task_limit, sealed in this run",
          task.since());
    }
    if (pool != null) {
      int slots = surroundings.limits().pools().slots(pool);
      int used = surroundings.poolUse().getOrDefault(pool, 0);
      if (used >= slots) {
        return new Why(
            Cause.POOL,
            "pool '" + pool + "' has " + slots + " slots, and " + used + " are taken",
            "a slot comes free, or pools.slots of '" + pool + "' is raised",
            task.since());
      }
    }
    if (surroundings.live() >= surroundings.limits().tasksAtOnce()) {
      return new Why(
          Cause.ORCHESTRATOR_LIMIT,
          "the orchestrator may have " + surroundings.limits().tasksAtOnce() + " tasks at a time",
          "one of them ends",
          task.since());
    }
    return new Why(
        Cause.SUBMISSION_RATE,
        "it is in line to be submitted",
        "the backend takes the submissions before it",
        task.since());
  }

  private static Why submitted(Task task) {
    Attempt attempt = task.open().orElse(null);
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
    return new Why(
        Cause.AT_BACKEND,
        "job %s is %s and no worker has claimed it%s"
            .formatted(
                job.jobId(),
                job.status().name().toLowerCase(Locale.ROOT),
                job.reason() == null ? "" : ": " + job.reason()),
        "the backend starts the job: it has capacity, and a worker comes up",
        job.submittedAt());
  }

  private static Why running(Task task) {
    Hold hold = task.open().map(Attempt::hold).orElse(null);
    return new Why(
        Cause.RUNNING,
        hold == null
            ? "a worker is at it"
            : "a worker is at it in job "
                + hold.jobId()
                + (hold.progress() == null ? "" : ": " + hold.progress()),
        "it ends, or `core cancel` ends it",
        task.since());
  }

  private static Why retrying(Task task) {
    Failure failure = task.failure();
    return new Why(
        Cause.RETRY_DELAY,
        "attempt %d failed%s; the next one starts at %s"
            .formatted(
                task.attempts(),
                failure == null
                    ? ""
                    : " (" + failure.failureClass() + ": " + failure.message() + ")",
                task.retryAt()),
        "the time comes",
        task.since());
  }

  static String shortList(List<String> names) {
    return names.size() <= 5
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more";
  }
}
