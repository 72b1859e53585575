package dev.core.orchestrator.cli;

import dev.core.orchestrator.forecast.Work;
import dev.core.orchestrator.presentation.AssumedWorks;
import dev.core.orchestrator.presentation.WorkText;
import dev.core.orchestrator.store.AttemptHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what tasks take. */
final class AssumedOptions {

  private static final int MOST_HISTORY = 1_000;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "KEY=2m",
      description = {
        "What a task takes, such as 90s, 1h30m or, from to, 2m..5m; may be repeated.",
        TaskPattern.DESCRIPTION
      })
  private Map<String, String> durations = new LinkedHashMap<>();

  @Option(
      names = "--default-duration",
      paramLabel = "2m",
      description = "What a task takes that was never seen and is not given.")
  private @Nullable String otherwise;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "From how many of the last runs that succeeded; default: ${DEFAULT-VALUE}.")
  private int history = 10;

  @Option(
      names = "--from-run",
      paramLabel = "RUN",
      description = "From this run alone, with the failures that it had.")
  private @Nullable String fromRun;

  /** What is wrong with them. */
  List<String> wrong() {
    var wrong = new ArrayList<String>();
    durations.forEach((key, text) -> {
      if (WorkText.parse(text).isEmpty()) {
        wrong.add("--duration %s is '%s'; allowed: %s".formatted(key, text, WorkText.ALLOWED));
      }
    });
    if (otherwise != null && WorkText.parse(otherwise).isEmpty()) {
      wrong.add("--default-duration is '%s'; allowed: %s".formatted(otherwise, WorkText.ALLOWED));
    }
    if (history < 0 || history > MOST_HISTORY) {
      wrong.add("--history is %d; allowed: 0 to %d".formatted(history, MOST_HISTORY));
    }
    return wrong;
  }

  /**
   * @throws Refused if a key means no task, or of a task nothing is known
   */
  AssumedWorks works(String pipeline, List<String> keys, AttemptHistory attempts, boolean queued) {
    var given = new LinkedHashMap<String, Work>();
    durations.forEach((text, duration) ->
        TaskPattern.find(text, keys)
            .forEach(key -> given.put(key, WorkText.parse(duration).orElseThrow())));
    List<Long> runs =
        fromRun == null
            ? attempts.succeeded(pipeline, history)
            : List.of(run(pipeline, attempts, fromRun));
    try {
      return AssumedWorks.of(
          pipeline,
          keys,
          given,
          attempts.tries(runs),
          runs,
          otherwise == null ? null : WorkText.parse(otherwise).orElseThrow(),
          queued);
    } catch (AssumedWorks.UnknownDurations e) {
      throw new Refused(
          e.getMessage() + "\ngive --default-duration 5m, or for each --duration KEY=5m");
    }
  }

  private static long run(String pipeline, AttemptHistory attempts, String text) {
    return text.matches("[0-9]{1,18}") && attempts.isOf(Long.parseLong(text), pipeline)
        ? Long.parseLong(text)
        : refuse(pipeline, text);
  }

  private static long refuse(String pipeline, String text) {
    throw new Refused(
        "pipeline '%s' has no run %s; see: core runs --pipeline %s"
            .formatted(pipeline, text, pipeline));
  }
}
