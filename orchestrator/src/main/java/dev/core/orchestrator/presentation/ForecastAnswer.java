package dev.core.orchestrator.presentation;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.forecast.Alternative;
import dev.core.orchestrator.forecast.Barrier;
import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.Sensitivity;
import dev.core.orchestrator.forecast.Span;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A forecast for programs.
 *
 * @param status that the usual course ends in
 * @param courses that were played; {@code p50} and {@code p90} are of those that succeeded
 * @param troubles of the usual course, in words
 * @param historyRuns whose attempts told what tasks take
 */
public record ForecastAnswer(
    String pipeline,
    RunStatus status,
    Duration makespan,
    @Nullable Duration p50,
    @Nullable Duration p90,
    int courses,
    int failedCourses,
    List<String> troubles,
    List<Long> historyRuns,
    List<Task> tasks,
    List<String> criticalPath,
    List<Barrier> barriers,
    List<Sensitivity> slow,
    boolean slowComplete,
    List<Alternative> alternatives) {

  public ForecastAnswer {
    troubles = List.copyOf(troubles);
    historyRuns = List.copyOf(historyRuns);
    tasks = List.copyOf(tasks);
    criticalPath = List.copyOf(criticalPath);
    barriers = List.copyOf(barriers);
    slow = List.copyOf(slow);
    alternatives = List.copyOf(alternatives);
  }

  /** A task in the usual course, by the time since the run's start; and what it takes at worst. */
  public record Task(
      String key,
      String state,
      int wave,
      Duration ready,
      Duration starts,
      Duration ends,
      Duration takes,
      Duration p90) {}

  public static ForecastAnswer of(String pipeline, AssumedWorks works, Forecast forecast) {
    var usual = forecast.usual();
    var spread = forecast.spread();
    return new ForecastAnswer(
        pipeline,
        usual.status(),
        usual.makespan(),
        spread.p50(),
        spread.p90(),
        spread.runs(),
        spread.failed(),
        usual.troubles(),
        works.runs(),
        usual.spans().stream().map(span -> task(span, works)).toList(),
        forecast.criticalPath().stream().map(Span::key).toList(),
        forecast.barriers(),
        forecast.slow(),
        forecast.slowComplete(),
        forecast.alternatives());
  }

  private static Task task(Span span, AssumedWorks works) {
    return new Task(
        span.key(),
        span.state(),
        span.wave(),
        span.ready(),
        span.goes(),
        span.ends(),
        span.takes(),
        works.rarely(span.key()));
  }
}
