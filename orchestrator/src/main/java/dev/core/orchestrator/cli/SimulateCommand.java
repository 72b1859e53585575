package dev.core.orchestrator.cli;

import dev.core.common.settings.Mode;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.dag.DagBuilder;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.forecast.Chance;
import dev.core.orchestrator.forecast.Conditions;
import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.GanttMermaid;
import dev.core.orchestrator.store.AttemptHistory;
import dev.core.orchestrator.store.PoolRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final int COURSES = 1_000;
  private static final int FEWEST_COURSES = 20;

  /** Tasks in all courses together, unless the number of courses is given: seconds of work. */
  private static final int TASKS_PLAYED = 200_000;

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
    // Real runs are what tells how long real work takes, in every mode.
    var store = context.configuration();
    var definition = context.definition(pipeline);
    var dag = DagBuilder.build(definition);
    List<String> keys =
        dag.nodes().stream()
            .filter(node -> node instanceof Dag.Transformation)
            .map(Dag.Node::key)
            .toList();
    if (keys.isEmpty()) {
      throw new Refused("pipeline '%s' has no transformations".formatted(pipeline));
    }
    var settings = context.settings();
    Integer backendSlots =
        slots == null && settings.mode() == Mode.LOCAL
            ? Integer.valueOf(settings.localSlots())
            : slots;
    var works =
        assumed.works(
            definition.name(), keys, new AttemptHistory(store.jdbi()), backendSlots != null);
    var conditions =
        new Conditions(
            definition.parallelTaskLimit(),
            settings.tasksAtOnce(),
            store.jdbi().withHandle(PoolRows::list),
            backendSlots == null ? Integer.MAX_VALUE : backendSlots,
            // A worker of a forecast never misses its time-out, so no grace is ever needed.
            new RetryPolicy(
                settings.infrastructureAttempts(),
                settings.infrastructureDelay(),
                settings.claims().lease(),
                Duration.ZERO));
    var forecast =
        Forecast.of(
            definition,
            works.works(),
            conditions,
            whatIfs.of(conditions, works.works(), definition),
            new Chance(courses(keys.size()), seed));
    if (language != null) {
      context.say(GanttMermaid.of(pipeline, forecast).stripTrailing());
    } else {
      new ForecastView(context, all).show(pipeline, works, forecast);
    }
    return forecast.usual().succeeds() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private int courses(int tasks) {
    return runs != null ? runs : Math.clamp(TASKS_PLAYED / tasks, FEWEST_COURSES, COURSES);
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
