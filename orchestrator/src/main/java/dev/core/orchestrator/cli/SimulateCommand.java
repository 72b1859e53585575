package dev.core.orchestrator.cli;

import dev.core.orchestrator.dag.DagBuilder;
import dev.core.orchestrator.forecast.Chance;
import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.GanttMermaid;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code core simulate}: what a run would take, and what would change that. */
@Command(
    name = "simulate",
    description = {
      "Forecast a run: its timeline, how long it takes, what waits for what, and what would change it.",
      "Durations come from the last runs that succeeded, or are given. Nothing is started and nothing is written; exit code 1 if the run would not succeed."
    },
    footer = {
      "  core simulate flight_delays",
      "  core simulate flight_delays --limit 4 --slow sql_122=x2",
      "  core simulate new_pipeline --default-duration 2m..5m --duration 'new_pipeline_raw_*=90s'",
      "  core simulate flight_delays --json | jq -r .p90"
    })
final class SimulateCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline = "";

  @Mixin private AssumedOptions assumed = new AssumedOptions();

  @Mixin private WhatIfOptions whatIfs = new WhatIfOptions();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Jobs that the backend runs at once; default: CORE_LOCAL_SLOTS in mode local, else any number.")
  private @Nullable Integer slots;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Courses to play for the percentiles; default: 1000, or fewer of large pipelines.")
  private @Nullable Integer runs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what is left to chance; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--all", description = "Show every task, and not only the longest.")
  private boolean all;

  @ArgGroup private @Nullable Language language;

  @Spec private CommandSpec spec;

  /** At most one of them. */
  static final class Language {
    @Option(names = "--mermaid", description = "Print the timeline as a Mermaid Gantt chart.")
    boolean mermaid;
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  SimulateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    var definition = context.definition(pipeline);
    var keys = DagBuilder.build(definition).transformationKeys();
    if (keys.isEmpty()) {
      throw new Refused("pipeline '%s' has no transformations".formatted(pipeline));
    }
    var store = context.forecasts();
    var backendSlots = slots == null ? store.backendSlots() : slots;
    var works = assumed.works(definition.name(), keys, store.attempts(), backendSlots != null);
    var conditions = store.conditions(definition, backendSlots);
    var forecast =
        Forecast.of(
            definition,
            works.works(),
            conditions,
            whatIfs.of(conditions, works.works(), definition),
            runs == null ? Chance.usual(keys.size(), seed) : new Chance(runs, seed));
    if (language != null) {
      context.say(GanttMermaid.of(pipeline, forecast).stripTrailing());
    } else {
      new ForecastView(context, all).show(pipeline, works, forecast);
    }
    return forecast.usual().succeeds() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  /** All that is wrong with the command line, at once. */
  private void check() {
    var wrong = new ArrayList<String>();
    if (runs != null && (runs < 1 || runs > 1_000_000)) {
      wrong.add("--runs is %d; allowed: 1 to 1000000".formatted(runs));
    }
    if (slots != null && slots < 1) {
      wrong.add("--slots is %d; allowed: at least 1".formatted(slots));
    }
    if (context.json() && language != null) {
      wrong.add("--json and --mermaid exclude each other");
    }
    wrong.addAll(assumed.wrong());
    wrong.addAll(whatIfs.wrong());
    if (!wrong.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n      ", wrong));
    }
  }
}
