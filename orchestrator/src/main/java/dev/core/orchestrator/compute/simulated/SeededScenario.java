package dev.core.orchestrator.compute.simulated;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Durations and failures drawn by a seed from what a job is for: run, task and attempt.
 * Thread-safe.
 *
 * @param median half of the jobs last longer; nine in ten between half and twice as long
 * @param failurePercent of the attempts fail: one half says so, the other dies
 */
public record SeededScenario(long seed, Duration median, int failurePercent) implements Scenario {

  private static final double SPREAD = 0.42;
  private static final int LONGEST_WAIT_MILLIS = 2_000;

  @Override
  public Duration waits(JobRequest request) {
    return Duration.ofMillis(draws(request, "waits").nextInt(LONGEST_WAIT_MILLIS));
  }

  @Override
  public Performance performs(JobRequest request, WorkOrder order) {
    var draws = draws(request, "performs");
    var lasts =
        Duration.ofMillis((long) (median.toMillis() * Math.exp(SPREAD * draws.nextGaussian())));
    var end = end(draws);
    return new Performance(
        lasts,
        end,
        List.of(
            "simulated: %s of %s, attempt %d, takes %s"
                .formatted(order.template(), order.taskKey(), order.attempt(), lasts)));
  }

  private End end(RandomGenerator draws) {
    if (draws.nextInt(100) >= failurePercent) {
      return new End.Says(Outcome.success(null, List.of()));
    }
    return draws.nextBoolean()
        ? new End.Says(Outcome.failure(FailureClass.USER, "a simulated failure"))
        : new End.Dies("a simulated loss of its host");
  }

  /** Of its own for every question, so that no answer depends on what was asked before. */
  private RandomGenerator draws(JobRequest request, String question) {
    long mixed = seed;
    for (var part : List.of(question, request.labels().toString())) {
      mixed = mixed * 1_000_003 + part.hashCode();
    }
    return new SplittableRandom(mixed);
  }
}
