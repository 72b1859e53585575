package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PartitionsDetail;
import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.RunSummary;
import dev.core.orchestrator.store.TaskDetail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a run to people, or to programs. */
final class RunView {

  private final Context context;

  RunView(Context context) {
    this.context = context;
  }

  int show(RunDetail run) {
    context.answer(
        run,
        () -> {
          head(run.summary());
          context.say("");
          context.say(table(run.transformations()));
          failures(run);
        });
    return ExitCode.DONE;
  }

  void head(RunSummary run) {
    context.say(
        "run %d of %s (%s/%s): %s%s"
            .formatted(
                run.runId(),
                run.pipeline(),
                run.client(),
                run.brand(),
                StatusText.of(context.console(), run.status()),
                run.duration() == null ? "" : " after " + Text.span(run.duration())));
    context.say(
        "logical date %s, started by %s%s"
            .formatted(
                Text.moment(run.logicalDate()),
                Text.startedBy(run.trigger(), run.requestedBy()),
                run.rerunNumber() == 0 ? "" : ", rerun " + run.rerunNumber()));
    if (!run.parameters().isEmpty()) {
      context.say("parameters " + Text.printable(run.parameters().toString()));
    }
    if (run.quarantineCause() != null) {
      context.say(
          "QUARANTINED: %s; core release %d takes it up again"
              .formatted(Text.printable(run.quarantineCause()), run.runId()));
    }
  }

  Table table(List<TaskDetail> tasks) {
    var noted = tasks.stream().anyMatch(task -> task.origin() != null);
    var titles =
        new ArrayList<>(
            List.of("STATE", ">WAVE", "TASK", "STATUS", ">ATTEMPTS", "STARTED", ">DURATION"));
    var split = tasks.stream().anyMatch(task -> partitions(task) != null);
    if (split) {
      titles.add(">PARTITIONS");
    }
    if (noted) {
      titles.add("HOW");
    }
    var table = Table.of(titles.toArray(String[]::new));
    for (var task : tasks) {
      var row =
          new ArrayList<@Nullable Object>(
              List.of(
                  task.state(),
                  task.wave(),
                  task.key(),
                  StatusText.cell(task.status()),
                  task.attempts().size(),
                  Text.moment(task.startedAt()),
                  Text.span(task.duration())));
      if (split) {
        var partitions = partitions(task);
        row.add(partitions == null ? "" : partitions.text());
      }
      if (noted) {
        row.add(task.origin() == null ? "" : task.origin().text());
      }
      table.row(row.toArray());
    }
    return table;
  }

  private static @Nullable PartitionsDetail partitions(TaskDetail task) {
    return task.attempts().isEmpty() ? null : task.attempts().getLast().partitions();
  }

  void failures(RunDetail run) {
    for (var task : run.transformations()) {
      var failure = task.failure();
      if (failure != null && task.status() != TaskStatus.SUCCEEDED) {
        context.say("");
        context.say(
            "%s (%s): %s"
                .formatted(
                    task.key(),
                    failure.failureClass(),
                    Text.printable(failure.message() == null ? "no message" : failure.message())));
      }
    }
  }
}
