package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RunComparison;
import dev.core.orchestrator.store.RunFilter;
import dev.core.orchestrator.store.RunSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core runs}: what ran, and how two runs differ. */
@OnlyReads
@Command(
    name = "runs",
    description = "List runs, show one, or compare two.",
    footer = {"  core runs", "  core runs list --status failed", "  core runs diff 12 15"})
final class RunsCommand implements Callable<Integer> {

  private final Context context;

  RunsCommand(Context context) {
    this.context = context;
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many; default: ${DEFAULT-VALUE}.")
  private int newest = 20;

  @Override
  public Integer call() {
    return list(null, null, newest, null);
  }

  @Command(
      description = "List runs, the newest first.",
      footer = {
        "  core runs list --pipeline flight_delays --limit 5",
        "  core runs list --limit 5 --before 120",
        "  core runs list --status failed --json | jq '.[].run_id'"
      })
  int list(
      @Nullable
          @Option(
              names = "--pipeline",
              paramLabel = "PIPELINE",
              description = "Only runs of this pipeline.")
          String pipeline,
      @Nullable
          @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "Only runs in this status.")
          String status,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "So many; default: ${DEFAULT-VALUE}.")
          int limit,
      @Nullable
          @Option(
              names = "--before",
              paramLabel = "RUN",
              description = "Only older ones than the run of this number: the next page.")
          Long before) {
    if (limit < 1) {
      throw new Refused("--limit is %d; allowed: 1 and more".formatted(limit));
    }
    var runs = context.runs().list(new RunFilter(known(pipeline), status(status), limit, before));
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
    var comparison = RunComparison.of(side(a), side(b));
    context.answer(comparison, () -> new ComparisonView(context).show(comparison));
    return ExitCode.DONE;
  }

  private RunComparison.Side side(String run) {
    var detail = RunArgument.detail(context, run);
    return new RunComparison.Side(
        detail, definition(detail.summary()), context.datasets().ofRun(detail.summary().runId()));
  }

  private String definition(RunSummary run) {
    return context
        .runs()
        .definition(run.definitionSha256())
        .orElseThrow(() -> new Refused("run %d has lost its definition".formatted(run.runId())));
  }

  private @Nullable String known(@Nullable String pipeline) {
    if (pipeline != null && context.runs().newestOf(pipeline).isEmpty()) {
      var names = context.pipelines().names();
      if (!names.contains(pipeline)) {
        throw Names.unknown("pipeline", pipeline, names, "see: core config import --help");
      }
    }
    return pipeline;
  }

  private static @Nullable RunStatus status(@Nullable String status) {
    if (status == null) {
      return null;
    }
    for (var each : RunStatus.values()) {
      if (each.name().equalsIgnoreCase(status)) {
        return each;
      }
    }
    var names = Arrays.stream(RunStatus.values()).map(each -> each.name().toLowerCase(Locale.ROOT));
    throw Names.unknown("run status", status, names.toList(), "");
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
