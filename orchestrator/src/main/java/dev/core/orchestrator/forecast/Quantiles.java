package dev.core.orchestrator.forecast;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Durations in order. Immutable; never empty. */
public record Quantiles(List<Duration> sorted) {

  public Quantiles {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("there are no durations");
    }
  }

  public static Quantiles of(Collection<Duration> durations) {
    return new Quantiles(List.copyOf(durations));
  }

  /** The middle one, or half way between the middle two. */
  public Duration median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
  }

  /** The smallest that is not exceeded by so many of a hundred. */
  public Duration percentile(int percent) {
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
