package dev.core.orchestrator.compute.cloud;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * The account's rate of SubmitJob: one token bucket, a second's worth large. Describing and ending
 * jobs does not draw on it, so that it never starves. Thread-safe.
 */
final class SubmissionRate {

  /** Calls. */
  private static final int SMOOTHED_OVER = 10;

  private static final double MOST = 0.5;

  private final Bucket bucket;
  private final BlockingStrategy waiting;

  /** Of the latest calls. */
  private double throttledShare;

  SubmissionRate(int perSecond, CloudMeans means) {
    this.waiting = means.waiting();
    this.bucket =
        Bucket.builder()
            .withCustomTimePrecision(
                new TimeMeter() {
                  @Override
                  public long currentTimeNanos() {
                    return means.nanos().getAsLong();
                  }

                  @Override
                  public boolean isWallClockBased() {
                    return false;
                  }
                })
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build();
  }

  int available() {
    return (int) Math.min(Integer.MAX_VALUE, bucket.getAvailableTokens());
  }

  /** Waits for a token; intents are committed for those there are, so hardly ever for long. */
  void take() throws InterruptedException {
    bucket.asBlocking().consume(1, waiting);
  }

  /** AWS answered a call, and not that it was too much. */
  synchronized void answered() {
    throttledShare -= throttledShare / SMOOTHED_OVER;
  }

  /**
   * AWS said that it was too much. Now and then that is nothing: the token is spent, and the call
   * comes again later. When most calls are refused, others use the account's rate up, and what is
   * left of this second is given up.
   */
  synchronized void throttled() {
    throttledShare += (1 - throttledShare) / SMOOTHED_OVER;
    if (throttledShare > MOST) {
      long _ = bucket.tryConsumeAsMuchAsPossible();
    }
  }
}
