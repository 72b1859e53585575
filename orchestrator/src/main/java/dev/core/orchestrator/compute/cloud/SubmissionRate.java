package dev.core.orchestrator.compute.cloud;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * The account's rate of SubmitJob: one token bucket, a second's worth large. Describing and ending
 * jobs does not draw on it, so that it never starves. Thread-safe.
 */
final class SubmissionRate {

  private final Bucket bucket;

  SubmissionRate(int perSecond) {
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build();
  }

  int available() {
    return (int) Math.min(Integer.MAX_VALUE, bucket.getAvailableTokens());
  }

  /** Waits for a token; intents are committed for those there are, so hardly ever for long. */
  void take() throws InterruptedException {
    bucket.asBlocking().consume(1);
  }

  /** AWS said that it was too much: what is left of this second is given up. */
  void exhausted() {
    long _ = bucket.tryConsumeAsMuchAsPossible();
  }
}
