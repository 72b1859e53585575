package dev.core.orchestrator.simulation;

import dev.core.common.definition.TransformationDefinition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold of a task whose row changes. */
final class TaskLaws {

  static final String[] TERMINAL = {
    "SUCCEEDED", "FAILED", "UPSTREAM_FAILED", "SKIPPED", "CANCELLED"
  };
  static final String[] LIVE = {"SUBMITTED", "RUNNING", "CANCELLING"};

  private final Rows rows;
  private final Simulation simulation;

  TaskLaws(Rows rows, Simulation simulation) {
    this.rows = rows;
    this.simulation = simulation;
  }

  /**
   * @param commanded a command that takes up what has ended is answered by the same commit
   */
  void check(RowChange change, boolean commanded) {
    Row task = change.now();
    if (!commanded) {
      budgets(change);
    }
    if (change.changed("taken_from_run") && !task.isNull("taken_from_run")) {
      takenOver(change, task);
    }
    if (!change.changed("status")) {
      return;
    }
    String from = change.was("status");
    String to = task.required("status");
    simulation.tally().transition("task", from == null ? "none" : from, to);
    if (change.before() != null && change.before().is("status", TERMINAL) && !commanded) {
      throw new Violation(Law.TERMINAL, Laws.name(change) + " was " + from + " and is " + to);
    }
    Row run = rows.run(task.number("run_id"));
    switch (to) {
      case "SUBMITTED" -> {
        starts(change, run, task);
        limits(change, run, task);
      }
      case "FAILED" -> {
        if (!commanded && task.isNull("marked_by")) {
          failed(change, run, task);
        }
      }
      default -> {}
    }
  }

  private void takenOver(RowChange change, Row task) {
    Row run = rows.run(task.number("run_id"));
    long origin = task.number("taken_from_run");
    Row attempt =
        rows.attempts(origin, task.number("taken_from_task"))
            .get(task.number("taken_from_attempt"));
    if (attempt == null || !attempt.is("status", "SUCCEEDED")) {
      throw new Violation(Law.TAKEN_OVER, Laws.name(change) + " is taken over from " + attempt);
    }
    var before = definition(rows.run(origin), task.number("taken_from_task"));
    var now = definition(run, task.number("task_index"));
    if (!before.template().equals(now.template()) || !before.variables().equals(now.variables())) {
      throw new Violation(
          Law.TAKEN_OVER,
          "%s is taken over, and was %s, and is %s".formatted(Laws.name(change), before, now));
    }
    for (Row other : rows.tasks(run.number("id"))) {
      if (other.number("wave") < task.number("wave")
          && other.is("kind", "TRANSFORMATION")
          && other.isNull("taken_from_run")) {
        throw new Violation(
            Law.TAKEN_OVER, Laws.name(change) + " is taken over, and not " + other + " before it");
      }
    }
  }

  private TransformationDefinition definition(Row run, long task) {
    return rows.plan(run).transformation(Math.toIntExact(task)).definition();
  }

  private void starts(RowChange change, Row run, Row task) {
    if (!run.is("status", "RUNNING")) {
      throw new Violation(
          Law.CANCELLED_IS_ENDED, Laws.name(change) + " starts in a run " + run.text("status"));
    }
    if (rows.paused(run.required("pipeline"))) {
      throw new Violation(Law.PAUSED, Laws.name(change) + " starts while it is paused");
    }
    for (Row other : rows.tasks(run.number("id"))) {
      if (other.number("wave") < task.number("wave")
          && !other.is("status", "SUCCEEDED", "SKIPPED")) {
        throw new Violation(
            Law.WAVES,
            "%s starts while task %s of wave %s is %s"
                .formatted(
                    Laws.name(change),
                    other.text("task_index"),
                    other.text("wave"),
                    other.text("status")));
      }
    }
  }

  private void limits(RowChange change, Row run, Row task) {
    String pool = pool(run, task);
    Integer parallel = rows.plan(run).definition().parallelTaskLimit();
    int inAll = 0;
    int inPipeline = 0;
    int inPool = 0;
    for (Row other : rows.runs()) {
      for (Row each : rows.tasks(other.number("id"))) {
        if (each.is("status", LIVE)) {
          int places = places(each);
          inAll += places;
          inPipeline += countsBefore(run, task, other, each) ? 1 : 0;
          inPool += pool != null && pool.equals(pool(other, each)) ? places : 0;
        }
      }
    }
    exceeds(change, "the orchestrator", inAll, simulation.scenario().tasksAtOnce());
    if (parallel != null) {
      exceeds(change, "the pipeline", inPipeline, parallel);
    }
    if (pool != null) {
      exceeds(change, "pool " + pool, inPool, simulation.scenario().slots(pool));
    }
  }

  private int places(Row task) {
    var attempts = rows.attempts(task.number("run_id"), task.number("task_index"));
    return attempts.isEmpty() ? 1 : rows.places(attempts.lastEntry().getValue());
  }

  /**
   * Whether it took its place in the pipeline before the task: one that starts with it may have
   * come after it, if its run has sealed another limit.
   */
  private boolean countsBefore(Row run, Row task, Row other, Row each) {
    boolean together = Objects.equals(each.get("status_since"), task.get("status_since"));
    return other.is("pipeline", run.required("pipeline"))
        && (!together
            || Objects.equals(
                rows.plan(run).definition().parallelTaskLimit(),
                rows.plan(other).definition().parallelTaskLimit()));
  }

  private static void exceeds(RowChange change, String what, int live, int limit) {
    if (live > limit) {
      throw new Violation(
          Law.LIMITS, "%s starts: %s has %d of %d".formatted(Laws.name(change), what, live, limit));
    }
  }

  private @Nullable String pool(Row run, Row task) {
    return task.is("kind", "SPACER")
        ? null
        : rows.plan(run).pool(Math.toIntExact(task.number("task_index")));
  }

  private static void budgets(RowChange change) {
    Row before = change.before();
    if (before == null) {
      return;
    }
    Row task = change.now();
    long users = task.number("user_failures") - before.number("user_failures");
    long others = task.number("infrastructure_failures") - before.number("infrastructure_failures");
    boolean ours = task.is("failure_class", "INFRASTRUCTURE");
    if (users < 0 || others < 0 || (users > 0 && ours) || (others > 0 && !ours)) {
      throw new Violation(
          Law.BUDGETS,
          "%s spends %d user failures and %d of the infrastructure's, failing with %s"
              .formatted(Laws.name(change), users, others, task.text("failure_class")));
    }
  }

  private void failed(RowChange change, Row run, Row task) {
    int attempts = rows.plan(run).resources(Math.toIntExact(task.number("task_index"))).attempts();
    boolean spent =
        task.is("failure_class", "CONFIGURATION")
            || task.number("user_failures") >= attempts
            || task.number("infrastructure_failures") >= Simulation.POLICY.infrastructureAttempts();
    if (!spent) {
      throw new Violation(
          Law.BUDGETS,
          "%s fails after %d of %d failures of its own and %d of the infrastructure's"
              .formatted(
                  Laws.name(change),
                  task.number("user_failures"),
                  attempts,
                  task.number("infrastructure_failures")));
    }
  }
}
