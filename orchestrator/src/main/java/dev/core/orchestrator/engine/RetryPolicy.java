package dev.core.orchestrator.engine;

import java.time.Duration;

/**
 * The budget of failures that are nobody's fault, and the tolerances around time-outs and leases.
 *
 * @param infrastructureAttempts how many attempts may be lost to infrastructure before the task
 *     fails
 * @param infrastructureDelay before the second attempt; doubles with every further loss, up to ten
 *     minutes
 * @param claimLease without a renewal for this long, a worker has certainly stopped itself
 * @param timeoutGrace how long after its time-out an attempt is closed, if its worker did not end
 *     it
 */
public record RetryPolicy(
    int infrastructureAttempts,
    Duration infrastructureDelay,
    Duration claimLease,
    Duration timeoutGrace) {

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  /** The delay after this many losses, counted from 1. */
  public Duration infrastructureDelay(int losses) {
    long factor = 1L << Math.min(losses - 1, 20);
    Duration delay = infrastructureDelay.multipliedBy(factor);
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }
}
