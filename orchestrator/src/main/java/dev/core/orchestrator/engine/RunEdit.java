package dev.core.orchestrator.engine;

import dev.core.orchestrator.dag.Dag;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run on its way to the next version: keeps counts and frontier true to the tasks, opens waves,
 * spreads failures downstream, ends the run. Used by one thread, within one event.
 */
final class RunEdit {

  private final Run before;
  private final Instant now;
  private final Map<TaskStatus, Integer> counts;
  private final Tasks.Edit tasks;
  private RunStatus status;
  private int frontier;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;

  RunEdit(Run run, Instant now) {
    this.before = run;
    this.now = now;
    this.counts = new EnumMap<>(TaskStatus.class);
    this.counts.putAll(run.counts());
    this.tasks = run.tasks().edit();
    this.status = run.status();
    this.frontier = run.frontier();
    this.startedAt = run.startedAt();
    this.endedAt = run.endedAt();
  }

  Instant now() {
    return now;
  }

  RunStatus status() {
    return status;
  }

  RunPlan plan() {
    return before.plan();
  }

  Task task(int index) {
    return tasks.get(index);
  }

  int count(TaskStatus wanted) {
    return counts.getOrDefault(wanted, 0);
  }

  void put(Task task) {
    TaskStatus old = tasks.get(task.index()).status();
    if (old != task.status()) {
      counts.merge(old, -1, Integer::sum);
      counts.merge(task.status(), 1, Integer::sum);
    }
    tasks.put(task);
  }

  void start() {
    status = RunStatus.RUNNING;
    startedAt = startedAt == null ? now : startedAt;
  }

  /** Nothing of it ever runs; what was marked or taken over stays what it is. */
  void skip() {
    before
        .tasks()
        .forEach(task -> {
          if (!task.status().terminal()) {
            put(task.with(TaskStatus.SKIPPED, now));
          }
        });
    frontier = Run.frontier(before.plan(), tasks::get);
    status(RunStatus.SKIPPED);
  }

  void status(RunStatus next) {
    status = next;
    endedAt = next.terminal() ? now : null;
  }

  /** Waits for the overlap policy again. */
  void requeue() {
    status(RunStatus.QUEUED);
  }

  /**
   * People have changed tasks, perhaps upstream of what is under way: puts right what follows from
   * them. What lies behind the frontier waits for it again; what was UPSTREAM_FAILED without any
   * failure before it now, too. Looks at every task.
   */
  void correct(String reason) {
    boolean blocked = false;
    frontier = Run.frontier(before.plan(), tasks::get);
    for (Dag.Wave wave : before.plan().dag().waves()) {
      boolean waiting = false;
      boolean blocks = false;
      for (int index = wave.spacer() + 1; index < wave.end(); index++) {
        if (wave.number() > frontier) {
          setBack(index, reason);
        }
        waiting |= !tasks.get(index).status().terminal();
        derive(index, blocked);
        Task task = tasks.get(index);
        blocks |= task.status().terminal() && !task.status().passes();
      }
      Task spacer = tasks.get(wave.spacer());
      boolean opens = spacer.status().passes() ? wave.number() > frontier && waiting : !blocked;
      if (opens && spacer.status() != TaskStatus.WAITING) {
        put(spacer.afresh(now));
      }
      derive(wave.spacer(), blocked);
      blocked |= blocks;
    }
  }

  /** What would run before its wave is open again. */
  private void setBack(int index, String reason) {
    Task task = tasks.get(index);
    switch (task.status()) {
      case READY, RETRYING -> put(task.with(TaskStatus.WAITING, now));
      case SUBMITTED, RUNNING -> put(AttemptRules.close(task, TaskStatus.WAITING, reason, now));
      case CANCELLING -> {
        if (task.followUp() == TaskStatus.FAILED && task.origin() == null) {
          put(task.cancelling(TaskStatus.WAITING, now));
        }
      }
      case WAITING, SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED -> {}
    }
  }

  /** UPSTREAM_FAILED is what a task is that cannot run, and nothing else. */
  private void derive(int index, boolean blocked) {
    Task task = tasks.get(index);
    if (blocked && task.status() == TaskStatus.WAITING) {
      put(task.with(TaskStatus.UPSTREAM_FAILED, now));
    } else if (!blocked && task.status() == TaskStatus.UPSTREAM_FAILED) {
      put(task.afresh(now));
    }
  }

  /**
   * Opens the frontier's wave for tasks that people have set back, though others of it may be under
   * way for long.
   */
  void openFrontier() {
    if (frontier < waves() && noneLiveBehindFrontier()) {
      boolean _ = open(before.plan().dag().waves().get(frontier));
    }
  }

  /** What was set back, or marked, ends before anything upstream of it begins. */
  private boolean noneLiveBehindFrontier() {
    if (count(TaskStatus.SUBMITTED) + count(TaskStatus.RUNNING) + count(TaskStatus.CANCELLING)
        == 0) {
      return true;
    }
    for (int i = before.plan().dag().waves().get(frontier).end(); i < before.tasks().size(); i++) {
      if (tasks.get(i).status().live()) {
        return false;
      }
    }
    return true;
  }

  /** The next version, with all that follows from the changes made so far. */
  Run done() {
    if (status == RunStatus.RUNNING) {
      openWaves();
      failDownstream();
    }
    endIfAllEnded();
    return made();
  }

  /** The next version as it is. */
  Run made() {
    return new Run(
        before.header(), before.plan(), status, startedAt, endedAt, tasks.done(), frontier, counts);
  }

  /**
   * Opens the frontier's wave, and goes on behind it while everything in it has passed. Waves run
   * one after another, so while anything of one runs or will, the frontier cannot have passed, and
   * its tasks need not be looked at: a barrier costs one look at its wave, not one a task.
   */
  private void openWaves() {
    while (frontier < waves() && !running()) {
      Dag.Wave wave = before.plan().dag().waves().get(frontier);
      if (noneLiveBehindFrontier() ? !open(wave) : !passed(wave)) {
        return;
      }
      frontier++;
    }
  }

  /** Only the frontier's wave has such tasks; those that are being ended may be behind it. */
  private boolean running() {
    return count(TaskStatus.READY)
            + count(TaskStatus.SUBMITTED)
            + count(TaskStatus.RUNNING)
            + count(TaskStatus.RETRYING)
        > 0;
  }

  private boolean passed(Dag.Wave wave) {
    for (int index = wave.spacer(); index < wave.end(); index++) {
      if (!tasks.get(index).status().passes()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has passed already. */
  private boolean open(Dag.Wave wave) {
    boolean passed = true;
    for (int index = wave.spacer(); index < wave.end(); index++) {
      Task task = tasks.get(index);
      if (task.status() == TaskStatus.WAITING) {
        put(
            index == wave.spacer()
                ? task.running(now, now).with(TaskStatus.SUCCEEDED, now)
                : task.with(TaskStatus.READY, now));
      }
      passed &= tasks.get(index).status().passes();
    }
    return passed;
  }

  private void failDownstream() {
    int blocked =
        count(TaskStatus.FAILED) + count(TaskStatus.CANCELLED) + count(TaskStatus.UPSTREAM_FAILED);
    if (blocked == 0 || count(TaskStatus.WAITING) == 0) {
      return;
    }
    boolean upstreamFailed = false;
    for (Dag.Wave wave : before.plan().dag().waves()) {
      boolean failedHere = false;
      for (int index = wave.spacer(); index < wave.end(); index++) {
        Task task = tasks.get(index);
        if (upstreamFailed && task.status() == TaskStatus.WAITING) {
          put(task.with(TaskStatus.UPSTREAM_FAILED, now));
        }
        failedHere |= task.status().terminal() && !task.status().passes();
      }
      upstreamFailed |= failedHere;
    }
  }

  private void endIfAllEnded() {
    if (status.terminal() || status == RunStatus.QUEUED || !allEnded()) {
      return;
    }
    if (status == RunStatus.CANCELLING && hasLiveJobs()) {
      return;
    }
    int failed = count(TaskStatus.FAILED) + count(TaskStatus.UPSTREAM_FAILED);
    if (count(TaskStatus.CANCELLED) > 0) {
      status(status == RunStatus.CANCELLING ? RunStatus.CANCELLED : RunStatus.FAILED);
    } else {
      status(failed > 0 ? RunStatus.FAILED : RunStatus.SUCCEEDED);
    }
  }

  private boolean allEnded() {
    for (var entry : counts.entrySet()) {
      if (!entry.getKey().terminal() && entry.getValue() > 0) {
        return false;
      }
    }
    return true;
  }

  /** Also of attempts that have ended: a worker that was given up may still be running. */
  private boolean hasLiveJobs() {
    boolean[] any = {false};
    tasks
        .done()
        .forEachAttempted(task -> any[0] |= task.live().stream().anyMatch(Attempt::hasLiveJobs));
    return any[0];
  }

  private int waves() {
    return before.plan().dag().waves().size();
  }
}
