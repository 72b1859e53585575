package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a pipeline's DAG, as the leader knows it. Immutable: {@link RunMachine} makes
 * the next version.
 *
 * @param frontier number of the first wave that has not passed; the number of waves, if all have
 * @param counts how many tasks have each status
 */
public record Run(
    RunHeader header,
    RunPlan plan,
    RunStatus status,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Tasks tasks,
    int frontier,
    Map<TaskStatus, Integer> counts) {

  public Run {
    counts = Collections.unmodifiableMap(counts);
  }

  /** Of its id alone: it is a key of maps, and its plan and tasks may be ten thousand records. */
  @Override
  public int hashCode() {
    return Long.hashCode(header.id());
  }

  /** A run that waits to be admitted, with every task waiting. */
  public static Run queued(RunHeader header, RunPlan plan) {
    var tasks = new ArrayList<Task>(plan.dag().nodes().size());
    plan.dag().nodes().forEach(node -> tasks.add(Task.waiting(node.index(), header.createdAt())));
    return of(header, plan, RunStatus.QUEUED, null, null, Tasks.of(tasks));
  }

  /** A run whose derived parts, frontier and counts, are found by looking at every task. */
  public static Run of(
      RunHeader header,
      RunPlan plan,
      RunStatus status,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      Tasks tasks) {
    var counts = new EnumMap<TaskStatus, Integer>(TaskStatus.class);
    tasks.forEach(task -> counts.merge(task.status(), 1, Integer::sum));
    return new Run(
        header, plan, status, startedAt, endedAt, tasks, frontier(plan, tasks::get), counts);
  }

  static int frontier(RunPlan plan, IntFunction<Task> tasks) {
    int wave = 0;
    while (wave < plan.dag().waves().size() && passed(plan, tasks, wave)) {
      wave++;
    }
    return wave;
  }

  private static boolean passed(RunPlan plan, IntFunction<Task> tasks, int number) {
    var wave = plan.dag().waves().get(number);
    for (int index = wave.spacer(); index < wave.end(); index++) {
      if (!tasks.apply(index).status().passes()) {
        return false;
      }
    }
    return true;
  }

  /** Of a run that was cancelled and has ended again: it stays so while any of its tasks is. */
  Run endedAs(RunStatus previous) {
    return status.terminal() && previous == RunStatus.CANCELLED && count(TaskStatus.CANCELLED) > 0
        ? new Run(header, plan, previous, startedAt, endedAt, tasks, frontier, counts)
        : this;
  }

  /** Whether all that is upstream of that task has passed. */
  boolean opened(int task) {
    return plan.dag().nodes().get(task).wave() <= frontier;
  }

  public long id() {
    return header.id();
  }

  /** The attempts of other runs whose datasets are this run's too; only a rerun has any. */
  public Set<Origin.TakenOver> takenOver() {
    var origins = new HashSet<Origin.TakenOver>();
    if (header.rerunNumber() > 0) {
      tasks.forEach(task -> {
        if (task.origin() instanceof Origin.TakenOver origin) {
          origins.add(origin);
        }
      });
    }
    return origins;
  }

  public int count(TaskStatus wanted) {
    return counts.getOrDefault(wanted, 0);
  }

  /** How many tasks take a place at the backend. */
  public int live() {
    return count(TaskStatus.SUBMITTED) + count(TaskStatus.RUNNING) + count(TaskStatus.CANCELLING);
  }

  public int unfinished() {
    int unfinished = 0;
    for (var entry : counts.entrySet()) {
      unfinished += entry.getKey().terminal() ? 0 : entry.getValue();
    }
    return unfinished;
  }

  /** Without attempts of which nothing is left to do or to learn. */
  @SuppressWarnings("ReferenceEquality") // the same object means: nothing pruned
  public Run pruned(Iterable<Integer> indexes) {
    var edit = tasks.edit();
    for (int index : indexes) {
      Task pruned = edit.get(index).pruned();
      if (pruned != edit.get(index)) {
        edit.put(pruned);
      }
    }
    Tasks next = edit.done();
    return next == tasks
        ? this
        : new Run(header, plan, status, startedAt, endedAt, next, frontier, counts);
  }

  /** Terminal, and no job of it is left that would have to be ended. */
  public boolean settled() {
    if (!status.terminal()) {
      return false;
    }
    boolean[] clean = {true};
    tasks.forEachAttempted(task -> clean[0] &= task.live().stream().allMatch(Attempt::settled));
    return clean[0];
  }
}
