package dev.core.orchestrator.store;

import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.EndingWhy;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.engine.Why;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Explains the tasks of a run that have not succeeded, from the rows alone: it works also while
 * nobody leads.
 */
public final class WhyQueries {

  private final Jdbi jdbi;
  private final int tasksAtOnce;

  /**
   * @param tasksAtOnce what an orchestrator may have at the backend
   */
  public WhyQueries(Jdbi jdbi, int tasksAtOnce) {
    this.jdbi = jdbi;
    this.tasksAtOnce = tasksAtOnce;
  }

  /** Of the run itself, if it waits for something that none of its tasks is about. */
  public Optional<RunExplanation> explainRun(RunSummary summary) {
    return jdbi.withHandle(handle -> {
      var run = new RunLoader(handle).run(summary.runId()).orElseThrow();
      return EndingWhy.of(run)
          .map(why ->
              new RunExplanation(
                  run.id(),
                  run.status(),
                  why.cause().name().toLowerCase(Locale.ROOT),
                  why.text(),
                  why.remedy(),
                  why.since()));
    });
  }

  /** Of every transformation that has not succeeded, in the order of the DAG; empty if all have. */
  public List<TaskExplanation> explain(RunSummary summary) {
    return jdbi.withHandle(handle -> {
      var run = new RunLoader(handle).run(summary.runId()).orElseThrow();
      var surroundings = surroundings(handle, summary, run);
      return tasks(run)
          .filter(task -> run.plan().dag().nodes().get(task.index()) instanceof Dag.Transformation)
          .filter(task -> !task.status().passes())
          .map(task -> explain(run, task, surroundings))
          .toList();
    });
  }

  private static TaskExplanation explain(Run run, Task task, Why.Surroundings surroundings) {
    var key = run.plan().key(task.index());
    return Why.of(run, task, surroundings)
        .map(why ->
            new TaskExplanation(
                key,
                task.status(),
                why.cause().name().toLowerCase(Locale.ROOT),
                why.text(),
                why.remedy(),
                why.since()))
        .orElseGet(() -> ended(run, task, key));
  }

  private static TaskExplanation ended(Run run, Task task, String key) {
    var failure = task.failure();
    var text =
        task.status() == TaskStatus.UPSTREAM_FAILED
            ? "a task of an earlier wave failed"
            : task.origin() instanceof Origin.Marked(var by, var reason)
                ? "it was marked by " + by + (reason.isEmpty() ? "" : ": " + reason)
                : failure == null
                    ? "it was " + task.status().name().toLowerCase(Locale.ROOT)
                    : failure.failureClass() + ": " + failure.message();
    return new TaskExplanation(
        key,
        task.status(),
        task.status().name().toLowerCase(Locale.ROOT),
        text,
        task.status() == TaskStatus.FAILED
            ? "`core logs %d %s` says more; `core retry %d` tries again"
                .formatted(run.id(), key, run.id())
            : "`core retry %d` tries again".formatted(run.id()),
        task.since());
  }

  private Why.Surroundings surroundings(Handle handle, RunSummary summary, Run run) {
    var leader = new RunQueries(jdbi).leader();
    return new Why.Surroundings(
        leader.alive(),
        Objects.requireNonNullElse(leader.expiresAt(), summary.createdAt()),
        PauseRows.of(PauseRows.read(handle), summary.pipeline()).orElse(null),
        summary.quarantineCause(),
        Objects.requireNonNullElse(summary.quarantinedAt(), Instant.EPOCH),
        otherRuns(handle, summary),
        new Dispatcher.Limits(tasksAtOnce, PoolRows.read(handle)),
        live(handle),
        run.plan().usesPools() ? poolUse(handle) : Map.of());
  }

  private static List<Long> otherRuns(Handle handle, RunSummary summary) {
    return handle
        .createQuery(
            """
            select id from execution.runs
            where pipeline = :pipeline and id <> :run and status in ('RUNNING', 'CANCELLING')
            order by id
            """)
        .bind("pipeline", summary.pipeline())
        .bind("run", summary.runId())
        .mapTo(Long.class)
        .list();
  }

  private static int live(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*) from execution.tasks
            where status in ('SUBMITTED', 'RUNNING', 'CANCELLING')
              and run_id in (select id from execution.runs
                where status in ('RUNNING', 'CANCELLING'))
            """)
        .mapTo(Integer.class)
        .one();
  }

  /** By the definitions that the runs sealed. */
  private static Map<String, Integer> poolUse(Handle handle) {
    var use = new HashMap<String, Integer>();
    for (var run : new RunLoader(handle).active()) {
      for (var task : tasks(run).toList()) {
        var pool = task.status().live() ? run.plan().pool(task.index()) : null;
        if (pool != null) {
          use.merge(pool, 1, Integer::sum);
        }
      }
    }
    return use;
  }

  private static Stream<Task> tasks(Run run) {
    return IntStream.range(0, run.tasks().size()).mapToObj(run.tasks()::get);
  }
}
