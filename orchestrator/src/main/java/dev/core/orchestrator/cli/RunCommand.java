package dev.core.orchestrator.cli;

import dev.core.common.variables.Parameters;
import dev.core.common.variables.VariableProblem;
import dev.core.orchestrator.command.Command.StartRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code core run}: asks for a run, and follows it if asked to. */
@Command(
    name = "run",
    description = {
      "Start a run of a pipeline.",
      "With --wait the run is followed to its end; exit code 1 unless it succeeds. If nothing leads, this command leads until then."
    },
    footer = {
      "  core run flight_delays --wait",
      "  core run flight_delays --param year=2008 --logical-date 2008-01-01",
      "  core run flight_delays --wait --json | jq -r .status"
    })
final class RunCommand implements Callable<Integer> {

  private final Context context;

  @picocli.CommandLine.Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline = "";

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "A parameter of the run; may be repeated. The others take their defaults.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--logical-date",
      paramLabel = "DATE",
      converter = LogicalDate.class,
      description =
          "The date that the run is for, such as 2026-11-22 or 2026-11-22T06:00:00Z; default: now.")
  private @Nullable Instant logicalDate;

  @Option(
      names = {"-w", "--wait"},
      description = "Follow the run to its end.")
  private boolean wait;

  @Mixin private KeyOption key = new KeyOption();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    check();
    var command = new StartRun(pipeline, "manual", parameters, logicalDate);
    try (var asking = new Asking(context, wait)) {
      return asking.ask(command, key.or(context::newKey));
    }
  }

  /** Told here at once what the leader would refuse later. */
  private void check() {
    var definition = context.definition(pipeline);
    switch (Parameters.resolve(definition.parameters(), parameters, definition.zone())) {
      case Parameters.Resolved _ -> {}
      case Parameters.Refused(var problems) ->
          throw Refused.because(
              "pipeline '%s' cannot be started so:".formatted(pipeline),
              problems.stream().map(VariableProblem::toString).toList());
    }
  }
}
