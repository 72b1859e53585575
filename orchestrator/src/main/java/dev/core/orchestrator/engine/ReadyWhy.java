package dev.core.orchestrator.engine;

import dev.core.orchestrator.engine.Why.Cause;

/** Why a task that may be submitted is not, by the same rules as {@link Dispatcher}. */
final class ReadyWhy {

  private ReadyWhy() {}

  static Why of(Run run, Task task, Surroundings surroundings) {
    Pause pause = surroundings.pause();
    if (pause != null) {
      return Why.paused(task, pause);
    }
    var places = surroundings.places();
    var ofPipeline = Places.ofPipeline(run.header().pipeline());
    Integer limit = run.plan().definition().parallelTaskLimit();
    if (limit != null && places.count(ofPipeline) >= limit) {
      return new Why(
          Cause.PIPELINE_LIMIT,
          "the runs of the pipeline may have %d tasks at a time, and have %d"
              .formatted(limit, places.count(ofPipeline)),
          "one of them ends; the limit is pipelines.parallel_task_limit, sealed in this run",
          Why.later(task.since(), places.since(ofPipeline, limit, task.since())));
    }
    String pool = surroundings.limits().pools().name(run.plan(), task.index());
    if (pool != null) {
      int slots = surroundings.limits().pools().slots(pool);
      if (places.count(Places.ofPool(pool)) >= slots) {
        return pool(task, surroundings, pool, slots);
      }
    }
    int tasksAtOnce = surroundings.limits().tasksAtOnce();
    if (places.taken().size() >= tasksAtOnce) {
      return new Why(
          Cause.ORCHESTRATOR_LIMIT,
          "all runs together may have %d tasks at a time, and have %d"
              .formatted(tasksAtOnce, places.taken().size()),
          "one of them ends, or CORE_TASKS_AT_ONCE is raised",
          Why.later(task.since(), places.since(_ -> true, tasksAtOnce, task.since())));
    }
    var trouble = surroundings.trouble();
    return trouble != null
        ? Why.unavailable(task, trouble)
        : new Why(
            Cause.SUBMISSION_RATE,
            "it is in line to be submitted",
            "the backend takes the submissions before it",
            task.since());
  }

  private static Why pool(Task task, Surroundings surroundings, String pool, int slots) {
    if (!surroundings.limits().pools().contains(pool)) {
      return new Why(
          Cause.POOL,
          "pool '" + pool + "', with which the run was sealed, is no longer there",
          "`core pools set " + pool + " SLOTS` makes it again",
          task.since());
    }
    var ofPool = Places.ofPool(pool);
    return new Why(
        Cause.POOL,
        "pool '%s' has %d slots, and %d are taken"
            .formatted(pool, slots, surroundings.places().count(ofPool)),
        "a slot comes free (`core pools show %s` tells who has them), or `core pools set %s SLOTS`"
            .formatted(pool, pool),
        Why.later(
            Why.later(task.since(), surroundings.places().since(ofPool, slots, task.since())),
            // With more slots before, it was not full.
            surroundings.limits().pools().editedAt(pool).orElse(task.since())));
  }
}
