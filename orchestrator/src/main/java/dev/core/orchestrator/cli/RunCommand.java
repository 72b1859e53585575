package dev.core.orchestrator.cli;

import dev.core.common.variables.Parameters;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.VariableProblem;
import dev.core.orchestrator.command.Command.StartRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  private List<String> given = List.of();

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

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    var parameters = parameters();
    check(parameters);
    var command = new StartRun(pipeline, "manual", parameters, logicalDate);
    try (var asking = new Asking(context, wait)) {
      return asking.ask(command, key.or(context::newKey));
    }
  }

  /** Names and values; a parameter that is given twice is a slip, and not a choice. */
  private Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw wrong("--param %s must be NAME=VALUE".formatted(Quoted.text(pair)));
      }
      var name = pair.substring(0, equals);
      if (parameters.put(name, pair.substring(equals + 1)) != null) {
        throw wrong("--param %s is given twice; give it once".formatted(Quoted.text(name)));
      }
    }
    return parameters;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Told here at once what the leader would refuse later. */
  private void check(Map<String, String> parameters) {
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
