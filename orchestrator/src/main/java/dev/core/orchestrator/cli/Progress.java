package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.AttemptDetail;
import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.TaskDetail;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: a line that stays for each wave that ended and each failure, and on
 * a terminal one line below them that is rewritten in place.
 */
final class Progress {

  private static final List<TaskStatus> TOLD =
      List.of(
          TaskStatus.RUNNING,
          TaskStatus.SUBMITTED,
          TaskStatus.RETRYING,
          TaskStatus.CANCELLING,
          TaskStatus.FAILED);
  private static final int BAR = 20;

  private final Context context;
  private final PrintWriter writer;
  private final boolean inPlace;
  private final Set<String> told = new HashSet<>();
  private boolean lineIsThere;
  private String shown = "";

  Progress(Context context) {
    var console = context.console();
    this.context = context;
    this.writer = context.json() ? console.err() : console.out();
    this.inPlace = context.json() ? console.errTerminal() : console.terminal();
  }

  /** What failed before is no news. */
  synchronized void knows(RunDetail before) {
    for (var task : before.transformations()) {
      task.attempts().forEach(attempt -> told.add(attempt(task, attempt)));
    }
  }

  private static String attempt(TaskDetail task, AttemptDetail attempt) {
    return task.key() + " " + attempt.number();
  }

  /** Prints what is new since the last look. */
  synchronized void show(RunDetail run) {
    var news = news(run);
    if (!news.isEmpty()) {
      clear();
      news.forEach(writer::println);
    }
    if (inPlace && !run.summary().ended()) {
      var line = Text.cut(line(run), context.console().width() - 1);
      if (!line.equals(shown) || !lineIsThere) {
        writer.print("\r\u001b[2K" + line);
        shown = line;
        lineIsThere = true;
      }
    }
    writer.flush();
  }

  /** Takes the rewritten line away. */
  synchronized void clear() {
    if (lineIsThere) {
      writer.print("\r\u001b[2K");
      writer.flush();
      lineIsThere = false;
    }
  }

  private List<String> news(RunDetail run) {
    var news = new ArrayList<String>();
    var summary = run.summary();
    if (told.add("start")) {
      news.add(
          "run %d of %s, logical date %s, %s"
              .formatted(
                  summary.runId(),
                  summary.pipeline(),
                  Text.moment(summary.logicalDate()),
                  Text.many(summary.taskTotal(), "task")));
    }
    if (summary.quarantineCause() != null && told.add("quarantine " + summary.quarantinedAt())) {
      news.add(
          "  run %d is quarantined: %s; core release %d takes it up again"
              .formatted(
                  summary.runId(), Text.printable(summary.quarantineCause()), summary.runId()));
    }
    var waves = new TreeMap<Integer, List<TaskDetail>>();
    for (var task : run.transformations()) {
      failures(task, news);
      waves.computeIfAbsent(task.wave(), _ -> new ArrayList<>()).add(task);
    }
    for (var wave : waves.entrySet()) {
      var line = ended(wave);
      if (line != null && told.add("wave " + wave.getKey())) {
        news.add(line);
      }
    }
    return news;
  }

  private void failures(TaskDetail task, List<String> news) {
    for (var attempt : task.attempts()) {
      var failure = attempt.failure();
      if (failure != null && told.add(attempt(task, attempt))) {
        news.add(
            "  %s attempt %d of %s: %s %s"
                .formatted(
                    context.console().dress("✘", Style.BAD),
                    attempt.number(),
                    task.key(),
                    failure.failureClass(),
                    failure.message() == null ? "" : firstLine(failure.message())));
      }
    }
  }

  /** The line of a wave of which something ran and nothing is left to do; null for others. */
  private @Nullable String ended(Map.Entry<Integer, List<TaskDetail>> wave) {
    var tasks = wave.getValue();
    if (tasks.stream().anyMatch(task -> !task.status().terminal())
        || tasks.stream().allMatch(task -> task.startedAt() == null)) {
      return null;
    }
    var good = tasks.stream().filter(task -> task.status() == TaskStatus.SUCCEEDED).count();
    var sign = StatusText.cell(worst(tasks));
    return "  %s %-12s wave %d, %d of %s%s"
        .formatted(
            context.console().dress(sign.text().substring(0, 1), sign.style()),
            tasks.getFirst().state(),
            wave.getKey(),
            good,
            Text.many(tasks.size(), "task"),
            took(tasks));
  }

  /** What became of a wave: that of its tasks which says most about it. */
  private static TaskStatus worst(List<TaskDetail> tasks) {
    for (var status :
        List.of(TaskStatus.FAILED, TaskStatus.UPSTREAM_FAILED, TaskStatus.CANCELLED)) {
      if (tasks.stream().anyMatch(task -> task.status() == status)) {
        return status;
      }
    }
    return TaskStatus.SUCCEEDED;
  }

  private static String took(List<TaskDetail> tasks) {
    var start =
        tasks.stream().map(TaskDetail::startedAt).filter(each -> each != null).sorted().findFirst();
    var end =
        tasks.stream()
            .map(TaskDetail::endedAt)
            .filter(each -> each != null)
            .max(java.util.Comparator.naturalOrder());
    return start.isEmpty() || end.isEmpty()
        ? ""
        : ", " + Text.span(Duration.between(start.get(), end.get()));
  }

  private static String line(RunDetail run) {
    var summary = run.summary();
    var total = Math.max(1, summary.taskTotal());
    var done =
        (int) run.transformations().stream().filter(task -> task.status().terminal()).count();
    var filled = done * BAR / total;
    var line =
        new StringBuilder("  ")
            .append("█".repeat(filled))
            .append("░".repeat(BAR - filled))
            .append(" %d/%d".formatted(done, summary.taskTotal()));
    for (var status : TOLD) {
      var tasks = run.transformations().stream().filter(task -> task.status() == status).count();
      if (tasks > 0) {
        line.append(", %d %s".formatted(tasks, status.name().toLowerCase(Locale.ROOT)));
      }
    }
    line.append(", ").append(summary.duration() == null ? "queued" : Text.span(summary.duration()));
    run.transformations().stream()
        .filter(task -> task.status() == TaskStatus.RUNNING && !task.attempts().isEmpty())
        .findFirst()
        .ifPresent(task -> line.append("  ").append(task.key()).append(said(task)));
    return line.toString();
  }

  private static String said(TaskDetail task) {
    var progress = task.attempts().getLast().progress();
    return progress == null ? "" : ": " + firstLine(progress);
  }

  private static String firstLine(String text) {
    return Text.printable(text).lines().findFirst().orElse("");
  }
}
