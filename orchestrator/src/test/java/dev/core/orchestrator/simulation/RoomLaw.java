package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What limits leave free is used: a task that is ready does not wait beside a free place for it.
 */
final class RoomLaw {

  private static final long SOON = 20_000_000;

  /** So long after an edit a leader surely knows of it. */
  private static final long NOTICED = 60_000_000;

  /** What has no answer keeps others from being submitted; so few of them do not. */
  private static final int FEW = 6;

  private final Simulation simulation;
  private final Rows rows;

  /** Since when a task is ready and there is a place for it, by the task. */
  private final Map<String, Long> since = new HashMap<>();

  RoomLaw(Simulation simulation, Rows rows) {
    this.simulation = simulation;
    this.rows = rows;
  }

  /** Called while there has been a leader for long, and nothing that hinders it. */
  void check() {
    long now = simulation.time().micros();
    var waiting = new HashSet<String>();
    if (onlyLimitsCount(now)) {
      for (Row task : ready()) {
        if (hasPlace(task)) {
          waiting.add(name(task));
        }
      }
    }
    since.keySet().retainAll(waiting);
    for (String task : waiting) {
      if (now - since.computeIfAbsent(task, _ -> now) > SOON) {
        throw new Violation(Law.ROOM_IS_USED, task + " is ready for long, and there is a place");
      }
    }
  }

  /** Whether nothing but limits keeps a task from being submitted. */
  private boolean onlyLimitsCount(long now) {
    // A rate of submissions is a limit, too.
    return !simulation.scenario().inCloud()
        && now - simulation.scenario().retimedAt() > NOTICED
        && !anySplit()
        && rows.attempts().stream().filter(attempt -> attempt.is("status", "INTENDED")).count()
            < FEW;
  }

  /** How many places the partitions of a task take is known to its leader alone. */
  private boolean anySplit() {
    return rows.runs().stream()
        .filter(run -> run.is("status", "RUNNING", "CANCELLING"))
        .anyMatch(run -> rows.plan(run).splits());
  }

  private List<Row> ready() {
    var ready = new ArrayList<Row>();
    for (Row run : rows.runs()) {
      if (run.is("status", "RUNNING") && !rows.paused(run.required("pipeline"))) {
        for (Row task : rows.tasks(run.number("id"))) {
          if (task.is("status", "READY")) {
            ready.add(task);
          }
        }
      }
    }
    return ready;
  }

  private boolean hasPlace(Row task) {
    Row run = rows.run(task.number("run_id"));
    String pool = pool(run, task);
    Integer parallel = rows.plan(run).definition().parallelTaskLimit();
    int inAll = 0;
    int inPipeline = 0;
    int inPool = 0;
    for (Row other : rows.runs()) {
      for (Row each : rows.tasks(other.number("id"))) {
        if (each.is("status", TaskLaws.LIVE)) {
          inAll++;
          inPipeline += other.is("pipeline", run.required("pipeline")) ? 1 : 0;
          inPool += pool != null && pool.equals(pool(other, each)) ? 1 : 0;
        }
      }
    }
    return inAll < simulation.scenario().tasksAtOnce()
        && (parallel == null || inPipeline < parallel)
        && (pool == null || inPool < simulation.scenario().slots(pool));
  }

  private @Nullable String pool(Row run, Row task) {
    return task.is("kind", "SPACER")
        ? null
        : rows.plan(run).pool(Math.toIntExact(task.number("task_index")));
  }

  private static String name(Row task) {
    return "task " + task.text("task_index") + " of run " + task.text("run_id");
  }
}
