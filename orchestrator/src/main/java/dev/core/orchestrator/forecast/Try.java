package dev.core.orchestrator.forecast;

import dev.core.common.protocol.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task, as it was or is assumed to be.
 *
 * @param starts from its job's turn at the backend to the claim of its worker
 * @param lasts from there to its end, unless its time-out is shorter
 * @param failure null: it succeeds
 */
public record Try(Duration starts, Duration lasts, @Nullable FailureClass failure) {

  static Try succeeding(Duration starts, Duration lasts) {
    return new Try(starts, lasts, null);
  }

  Try slower(double factor) {
    return new Try(starts, times(lasts, factor), failure);
  }

  static Duration times(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
