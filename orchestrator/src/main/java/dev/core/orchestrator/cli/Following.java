package dev.core.orchestrator.cli;

import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RunDetail;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a run to its end, with live progress. */
final class Following {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** For so long it may not be known how the run is. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** At most a tenth of the time is spent on looking, also at runs with thousands of tasks. */
  private static final int REST = 10;

  private final Context context;
  private final Leading leading;
  private final EndSignals signals;

  Following(Context context, Leading leading, EndSignals signals) {
    this.context = context;
    this.leading = leading;
    this.signals = signals;
  }

  /**
   * Gives the exit code: whether the run ended in that status.
   *
   * @param before how the run was, if it is not new
   */
  int follow(long runId, RunStatus wanted, @Nullable RunDetail before) throws InterruptedException {
    var progress = new Progress(context);
    if (before != null) {
      progress.knows(before);
    }
    try {
      var ended = watch(runId, progress);
      if (ended.isEmpty()) {
        progress.clear();
        return detach(runId);
      }
      return end(ended.get(), wanted);
    } finally {
      progress.clear();
    }
  }

  /** The run at its end; empty if this process is to end before. */
  private Optional<RunDetail> watch(long runId, Progress progress) throws InterruptedException {
    // Whoever serves an embedded database may end; then another does, perhaps this process.
    context.database().last();
    var lookForLeader = System.nanoTime();
    var lastSeen = lookForLeader;
    while (true) {
      var began = System.nanoTime();
      try {
        if (began - lookForLeader >= 0) {
          leading.ensure();
          lookForLeader = began + Leading.LOOK.toNanos();
        }
        var run = RunArgument.detail(context, String.valueOf(runId));
        lastSeen = began;
        progress.show(run);
        if (run.summary().ended()) {
          return Optional.of(run);
        }
      } catch (RuntimeException e) {
        if (TransientFailure.of(e).isEmpty() || began - lastSeen >= PATIENCE.toNanos()) {
          throw e;
        }
      }
      var took = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST);
      if (signals.askedWithin(took.compareTo(LOOK) < 0 ? LOOK : took)) {
        return Optional.empty();
      }
    }
  }

  private int end(RunDetail run, RunStatus wanted) {
    var summary = run.summary();
    context.answer(run, () -> {});
    var view = new RunView(context);
    if (!summary.succeeded()) {
      view.failures(run);
      new LogTail(context).ofFailures(run);
      context.say("");
    }
    context.say(
        "%s run %d of %s: %s of %s in %s"
            .formatted(
                StatusText.of(context.console(), summary.status()),
                summary.runId(),
                summary.pipeline(),
                summary.tasks(TaskStatus.SUCCEEDED),
                Text.many(summary.taskTotal(), "task"),
                Text.span(summary.duration())));
    if (summary.status() == RunStatus.FAILED) {
      context.say(
          "why: core why %d · again: core retry %d".formatted(summary.runId(), summary.runId()));
    }
    return summary.status() == wanted ? ExitCode.DONE : ExitCode.REFUSED;
  }

  /** The run is nobody's hostage. */
  private int detach(long runId) {
    var err = context.console().err();
    err.println(
        leading.here()
            ? "detached from run %d, which goes on when something leads again: core server"
                .formatted(runId)
            : "detached from run %d, which goes on".formatted(runId));
    err.println("follow it: core show %d · cancel it: core cancel %d".formatted(runId, runId));
    err.flush();
    return ExitCode.DETACHED;
  }
}
