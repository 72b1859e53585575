package dev.core.orchestrator.presentation;

import dev.core.orchestrator.forecast.Try;
import dev.core.orchestrator.forecast.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a forecast assumes of every task, and from where: given, else seen in runs, else the
 * default.
 *
 * @param works by key of task, in the order of the DAG
 * @param runs whose attempts were looked at, the newest first
 */
public record AssumedWorks(
    Map<String, Work> works, List<Long> runs, int seen, int given, int assumed) {

  private static final int NAMED = 5;

  /**
   * @param keys of all tasks
   * @param queued whether the queue of the backend is played, so that its part of what was seen is
   *     left out
   * @throws UnknownDurations if of any task nothing is known
   */
  public static AssumedWorks of(
      String pipeline,
      List<String> keys,
      Map<String, Work> given,
      Map<String, List<List<Try>>> history,
      List<Long> runs,
      @Nullable Work otherwise,
      boolean queued) {
    var works = new LinkedHashMap<String, Work>();
    var unknown = new ArrayList<String>();
    int seen = 0;
    int assumed = 0;
    for (var key : keys) {
      var past = history.get(key);
      if (given.containsKey(key)) {
        works.put(key, given.get(key));
      } else if (past != null) {
        var work = new Work.Past(past);
        works.put(key, queued ? work.withoutQueueing() : work);
        seen++;
      } else if (otherwise != null) {
        works.put(key, otherwise);
        assumed++;
      } else {
        unknown.add(key);
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnknownDurations(unknown(pipeline, keys, unknown, runs));
    }
    return new AssumedWorks(works, runs, seen, given.size(), assumed);
  }

  /** Of some task it is neither said nor seen what it takes. */
  public static final class UnknownDurations extends RuntimeException {
    UnknownDurations(String message) {
      super(message);
    }
  }

  private static String unknown(
      String pipeline, List<String> keys, List<String> unknown, List<Long> runs) {
    var named = String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())));
    var more = unknown.size() > NAMED ? " and %d more".formatted(unknown.size() - NAMED) : "";
    var why =
        runs.isEmpty()
            ? "pipeline '%s' has no run that succeeded, so nothing is known of ".formatted(pipeline)
            : "the runs looked at (%s) say nothing of ".formatted(numbers(runs));
    return why
        + (unknown.size() == keys.size()
            ? "its %s".formatted(Text.many(keys.size(), "task"))
            : "%d of %s".formatted(unknown.size(), Text.many(keys.size(), "task")))
        + ": %s%s".formatted(named, more);
  }

  private static String numbers(List<Long> runs) {
    return runs.size() <= NAMED
        ? runs.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : "%d to %d".formatted(runs.getLast(), runs.getFirst());
  }

  /** What a task takes one time in ten or less, its worker's start included. */
  public Duration rarely(String key) {
    var work = Objects.requireNonNull(works.get(key));
    return work.typical().getFirst().starts().plus(work.p90());
  }

  /** A line for people. */
  public String source() {
    var parts = new ArrayList<String>();
    if (seen > 0) {
      parts.add(
          "%s seen in %s %s"
              .formatted(
                  Text.many(seen, "task"), runs.size() == 1 ? "run" : "runs", numbers(runs)));
    }
    if (given > 0) {
      parts.add("%d given".formatted(given));
    }
    if (assumed > 0) {
      parts.add("%d by default".formatted(assumed));
    }
    return "durations: " + String.join(" · ", parts);
  }
}
