package dev.core.orchestrator.cli;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PartitionQueries;
import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.TaskDetail;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last words of tasks that failed: mostly all that one needs to see what went wrong. */
final class LogTail {

  private static final int LINES = 8;
  private static final int TASKS = 3;
  private static final int MOST_PAGES = 50;

  private final Context context;

  LogTail(Context context) {
    this.context = context;
  }

  /** Prints those of the first few; says nothing where there is no log to be had. */
  void ofFailures(RunDetail run) {
    run.transformations().stream()
        .filter(task -> task.status() == TaskStatus.FAILED && !task.attempts().isEmpty())
        .limit(TASKS)
        .forEach(task -> print(run.summary().runId(), task));
  }

  private void print(long run, TaskDetail task) {
    var attempt = task.attempts().getLast();
    var partitions = new PartitionQueries(context.database().jdbi());
    var failed =
        attempt.partitions() == null
            ? Optional.<Integer>empty()
            : partitions.firstFailed(run, task.index(), attempt.number());
    var job =
        failed
            .flatMap(each -> partitions.find(run, task.index(), attempt.number(), each))
            .map(PartitionQueries.Place::jobId)
            .orElse(attempt.jobId());
    if (job == null) {
      return;
    }
    try (var backend =
        context.engine().backend(attempt.mode(), context.settings(), context.database())) {
      var lines = last(backend, job);
      if (!lines.isEmpty()) {
        context.say("");
        context.say(
            "the end of its log (core logs shows all): "
                + task.key()
                + failed.map(each -> " --partition " + each).orElse(""));
        lines.forEach(
            line -> context.say(context.console().dress("  " + Text.printable(line), Style.FAINT)));
      }
    } catch (ComputeBackend.BackendUnavailable e) {
      context.say("its log cannot be read now: " + e.getMessage());
    }
  }

  private static List<String> last(ComputeBackend backend, String job) {
    var last = new ArrayDeque<String>();
    @Nullable String cursor = null;
    for (var pages = 0; pages < MOST_PAGES; pages++) {
      var page = backend.logs(job, cursor);
      if (page.lines().isEmpty()) {
        break;
      }
      for (var line : page.lines()) {
        last.add(line);
        if (last.size() > LINES) {
          last.remove();
        }
      }
      cursor = page.next();
    }
    return List.copyOf(last);
  }
}
