package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.TaskDetail;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core tasks}: the tasks of a run with their attempts. */
@OnlyReads
@Command(
    name = "tasks",
    description = "List the tasks of a run, with every attempt.",
    footer = {
      "  core tasks 12",
      "  core tasks flight_delays --spacers",
      "  core tasks 12 --json | jq '.[] | select(.status == \"FAILED\") | .key'"
    })
final class TasksCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Option(names = "--spacers", description = "Spacers too.")
  private boolean spacers;

  TasksCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var detail = RunArgument.detail(context, run);
    var tasks = spacers ? detail.tasks() : detail.transformations();
    context.answer(tasks, () -> show(tasks));
    return ExitCode.DONE;
  }

  private void show(List<TaskDetail> tasks) {
    var table =
        Table.of("TASK", "STATUS", ">ATTEMPT", "JOB", "INTENDED", "STARTED", "ENDED", "SAYS");
    for (var task : tasks) {
      if (task.attempts().isEmpty()) {
        table.row(
            task.key(),
            StatusText.cell(task.status()),
            null,
            null,
            null,
            null,
            null,
            task.origin() == null ? null : task.origin().text());
      }
      for (var attempt : task.attempts()) {
        var failure = attempt.failure();
        var newest = attempt.number() == task.attempts().getLast().number();
        table.row(
            task.key(),
            newest
                ? StatusText.cell(task.status())
                : attempt.status().name().toLowerCase(Locale.ROOT),
            attempt.number(),
            attempt.jobId(),
            Text.moment(attempt.intendedAt()),
            Text.moment(attempt.startedAt()),
            Text.moment(attempt.endedAt()),
            failure == null
                ? attempt.progress()
                : failure.failureClass() + ": " + failure.message());
      }
    }
    context.say(table);
  }
}
