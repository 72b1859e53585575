package dev.core.worker.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits before repeating: longer each time, and by chance, so that thousands of workers that were
 * refused together do not come back together. For one thread.
 */
public final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final RandomGenerator random;
  private long nextMillis = FIRST.toMillis();

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** How long to wait now: between half of, and the whole of, a doubling span. */
  public Duration next() {
    long millis = nextMillis / 2 + random.nextLong(nextMillis / 2 + 1);
    nextMillis = Math.min(LONGEST.toMillis(), nextMillis * 2);
    return Duration.ofMillis(millis);
  }

  /** After a success. */
  public void reset() {
    nextMillis = FIRST.toMillis();
  }
}
