package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RunComparisons;
import dev.core.orchestrator.store.RunSummary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code core runs}: what ran, and how two runs differ. */
@OnlyReads
@Command(
    name = "runs",
    description = "List runs, show one, or compare two.",
    footer = {"  core runs", "  core runs --status failed", "  core runs diff 12 15"})
final class RunsCommand implements Callable<Integer> {

  private final Context context;

  RunsCommand(Context context) {
    this.context = context;
  }

  @Mixin private RunListOptions options = new RunListOptions();

  @Override
  public Integer call() {
    return list(options);
  }

  @Command(
      description = "List runs, the newest first.",
      footer = {
        "  core runs --pipeline flight_delays --limit 5",
        "  core runs --limit 5 --before 120",
        "  core runs --status failed --json | jq '.[].run_id'"
      })
  int list(@Mixin RunListOptions which) {
    var runs = context.runs().list(which.filter(context));
    context.answer(runs, () -> table(runs));
    return ExitCode.DONE;
  }

  @Command(
      description = "Show a run with its tasks; the same as: core show RUN.",
      footer = {"  core runs show 12", "  core runs show flight_delays"})
  int show(@Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION) String run) {
    return new RunView(context).show(RunArgument.detail(context, run));
  }

  @Command(
      description = "Compare two runs: definitions by field, parameters, results, tasks, datasets.",
      footer = {"  core runs diff 12 15", "  core runs diff 12 15 --json | jq .definition"})
  int diff(
      @Parameters(paramLabel = "A", description = RunArgument.DESCRIPTION) String a,
      @Parameters(paramLabel = "B", description = "The run to compare it with.") String b) {
    var comparison =
        new RunComparisons(context.runs(), context.datasets())
            .of(RunArgument.id(context, a), RunArgument.id(context, b))
            .orElseThrow(() -> new Refused("one of the runs has just been removed"));
    context.answer(comparison, () -> new ComparisonView(context).show(comparison));
    return ExitCode.DONE;
  }

  private void table(List<RunSummary> runs) {
    if (runs.isEmpty()) {
      context.say("no such runs; core run PIPELINE starts one");
      return;
    }
    var table =
        Table.of(
            ">RUN",
            "PIPELINE",
            "STATUS",
            "LOGICAL DATE",
            "STARTED BY",
            ">TASKS",
            "STARTED",
            ">DURATION");
    for (var run : runs) {
      table.row(
          run.runId(),
          run.pipeline(),
          StatusText.cell(run.status()),
          Text.moment(run.logicalDate()),
          Text.startedBy(run.trigger(), run.requestedBy()),
          run.tasks(TaskStatus.SUCCEEDED) + "/" + run.taskTotal(),
          Text.moment(run.startedAt()),
          Text.span(run.duration()));
    }
    context.say(table);
  }
}
