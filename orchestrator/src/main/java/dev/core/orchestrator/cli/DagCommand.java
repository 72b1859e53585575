package dev.core.orchestrator.cli;

import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.dag.DagBuilder;
import dev.core.orchestrator.dag.DagText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code core dag}: the graph that the records of a pipeline give now. */
@OnlyReads
@Command(
    name = "dag",
    description = "Show the DAG of a pipeline: its waves, each behind a spacer.",
    footer = {
      "  core dag flight_delays",
      "  core dag flight_delays --dot | dot -Tsvg > dag.svg",
      "  core dag flight_delays --json | jq '.edges | length'"
    })
final class DagCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline = "";

  @ArgGroup private @Nullable Language language;

  @Spec private CommandSpec spec;

  /** At most one of them. */
  static final class Language {
    @Option(names = "--mermaid", description = "As a Mermaid flow chart.")
    boolean mermaid;

    @Option(names = "--dot", description = "In the language of Graphviz.")
    boolean dot;
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  DagCommand(Context context) {
    this.context = context;
  }

  private record JsonDag(String id, List<JsonNode> nodes, List<Dag.Edge> edges) {}

  private record JsonNode(
      String key,
      String kind,
      String state,
      int wave,
      @Nullable String template,
      @Nullable Long transformation,
      @Nullable String partitions) {}

  @Override
  public Integer call() {
    if (context.json() && language != null) {
      throw new ParameterException(
          spec.commandLine(), "--json, --mermaid and --dot exclude each other");
    }
    var dag = DagBuilder.build(context.definition(pipeline));
    context.answer(json(dag), () -> context.say(text(dag).stripTrailing()));
    return ExitCode.DONE;
  }

  private String text(Dag dag) {
    if (language == null) {
      return DagText.plain(dag);
    }
    return language.dot ? DagText.dot(dag) : DagText.mermaid(dag);
  }

  private static JsonDag json(Dag dag) {
    return new JsonDag(dag.id(), dag.nodes().stream().map(DagCommand::json).toList(), dag.edges());
  }

  private static JsonNode json(Dag.Node node) {
    return switch (node) {
      case Dag.Spacer spacer ->
          new JsonNode(spacer.key(), "spacer", spacer.state(), spacer.wave(), null, null, null);
      case Dag.Transformation work ->
          new JsonNode(
              work.key(),
              "transformation",
              work.state(),
              work.wave(),
              work.definition().template(),
              work.definition().id(),
              work.definition().partitions());
    };
  }
}
