package dev.core.orchestrator.store;

import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.EndingWhy;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Surroundings;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.engine.Why;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Explains the tasks of a run that have not succeeded, from the rows and from what the backend says
 * of jobs that wait: it works also while nobody leads.
 */
public final class WhyQueries {

  private final Jdbi jdbi;
  private final int tasksAtOnce;
  private final ClaimSettings claims;
  private final JobWords words;

  /**
   * @param tasksAtOnce what an orchestrator may have at the backend
   * @param claims by which workers hold attempts
   * @param words is asked while no connection is held
   */
  public WhyQueries(Jdbi jdbi, int tasksAtOnce, ClaimSettings claims, JobWords words) {
    this.jdbi = jdbi;
    this.tasksAtOnce = tasksAtOnce;
    this.claims = claims;
    this.words = words;
  }

  /** From the rows alone. */
  public WhyQueries(Jdbi jdbi, int tasksAtOnce, ClaimSettings claims) {
    this(jdbi, tasksAtOnce, claims, JobWords.NONE);
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
    var waiting = jdbi.withHandle(handle -> WaitingJobs.read(handle, summary.runId()));
    var standing = new HashMap<String, String>();
    waiting.forEach(each -> standing.putAll(words.of(each.mode(), each.queue(), each.jobIds())));
    return jdbi.withHandle(handle -> {
      var run = new RunLoader(handle).run(summary.runId()).orElseThrow();
      var surroundings =
          new SurroundingsReader(handle, tasksAtOnce, claims).of(run, summary, standing);
      return tasks(run)
          .filter(task -> run.plan().dag().nodes().get(task.index()) instanceof Dag.Transformation)
          .filter(task -> !task.status().passes())
          .map(task -> explain(run, task, surroundings))
          .toList();
    });
  }

  private static TaskExplanation explain(Run run, Task task, Surroundings surroundings) {
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

  private static Stream<Task> tasks(Run run) {
    return IntStream.range(0, run.tasks().size()).mapToObj(run.tasks()::get);
  }
}
