package dev.core.orchestrator.cli;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.PipelineSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code core pipelines}: what is in the store. */
@Command(
    name = "pipelines",
    description = "List pipelines, or show one of them.",
    footer = {"  core pipelines", "  core pipelines show flight_delays"})
final class PipelinesCommand implements Callable<Integer> {

  private final Context context;

  PipelinesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      description = "List pipelines with their newest runs.",
      footer = {
        "  core pipelines list",
        "  core pipelines list --json | jq -r '.[] | select(.active) | .name'"
      })
  int list() {
    var pipelines = context.pipelines().list();
    context.answer(pipelines, () -> table(pipelines));
    return ExitCode.DONE;
  }

  @Command(
      description = "Show the definition of a pipeline, as its next run would seal it.",
      footer = {
        "  core pipelines show flight_delays",
        "  core pipelines show flight_delays --json"
      })
  int show(@Parameters(paramLabel = "PIPELINE", description = "Its name.") String pipeline) {
    var definition = context.definition(pipeline);
    context.answer(definition, () -> show(definition));
    return ExitCode.DONE;
  }

  private void table(java.util.List<PipelineSummary> pipelines) {
    if (pipelines.isEmpty()) {
      context.say("there are no pipelines yet; core config import FILE brings some in");
      return;
    }
    var table =
        Table.of(
            "PIPELINE", "CLIENT", "BRAND", "RUNS", ">STATES", ">TASKS", "NEWEST RUN", "STATUS");
    for (var pipeline : pipelines) {
      var run = pipeline.newestRun();
      table.row(
          pipeline.name(),
          pipeline.client(),
          pipeline.brand(),
          pipeline.frequencyText() + (pipeline.active() ? "" : " (inactive)"),
          pipeline.states(),
          pipeline.transformations(),
          run == null ? "" : run.runId() + " of " + Text.moment(run.createdAt()),
          run == null ? "never run" : StatusText.cell(run.status()));
    }
    context.say(table);
  }

  private void show(PipelineDefinition pipeline) {
    context.say(pipeline.name() + " of " + pipeline.client() + "/" + pipeline.brand());
    if (pipeline.description() != null) {
      context.say(Text.printable(pipeline.description()));
    }
    context.say(
        "runs %s (%s), overlap %s, priority %d"
            .formatted(
                pipeline.runFrequency() == null ? "by hand" : pipeline.runFrequency(),
                pipeline.timeZone(),
                pipeline.overlapPolicy(),
                pipeline.priority()));
    if (!pipeline.parameters().isEmpty()) {
      var table = Table.of("PARAMETER", "DATATYPE", "DEFAULT", "DESCRIPTION");
      pipeline
          .parameters()
          .forEach(each ->
              table.row(
                  each.name(),
                  each.datatype().text(),
                  each.defaultValue() == null ? "(must be given)" : each.defaultValue(),
                  each.description()));
      context.say("");
      context.say(table);
    }
    var table = Table.of("STATE", ">ORDER", ">ID", "TEMPLATE", "VARIABLES");
    for (var state : pipeline.states()) {
      for (var work : state.transformations()) {
        table.row(
            state.state(),
            work.graphOrder(),
            work.id(),
            work.template(),
            String.join(", ", work.variables().keySet()));
      }
    }
    context.say("");
    context.say(table);
  }
}
