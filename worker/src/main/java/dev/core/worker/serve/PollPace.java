package dev.core.worker.serve;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long to wait between looks for new jobs, where nobody tells of them: hardly at all while
 * there was work a moment ago, for then the next task of a chain is about to come, and longer and
 * longer when there is none. For one thread.
 */
final class PollPace {

  private static final Duration HOT = Duration.ofNanos(700_000);
  private static final Duration STILL_HOT = Duration.ofMillis(30);
  private static final Duration BUSY = Duration.ofNanos(1_500_000);
  private static final Duration STILL_BUSY = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofMillis(50);

  /** Whoever is told of new jobs looks only in case a hint was lost. */
  private static final Duration TOLD = Duration.ofMillis(100);

  private final LongSupplier nanos;
  private final BooleanSupplier told;
  private long lastWork;
  private long wait = BUSY.toNanos();

  /**
   * @param told whether new jobs are told of at this moment
   */
  PollPace(LongSupplier nanos, BooleanSupplier told) {
    this.nanos = nanos;
    this.told = told;
    this.lastWork = nanos.getAsLong();
  }

  /** There was something to do. */
  void worked() {
    lastWork = nanos.getAsLong();
    wait = BUSY.toNanos();
  }

  /** There was nothing to do; how many nanoseconds to wait before the next look. */
  long nextWait() {
    if (told.getAsBoolean()) {
      return TOLD.toNanos();
    }
    long idle = idleNanos();
    if (idle < STILL_HOT.toNanos()) {
      return HOT.toNanos();
    }
    if (idle > STILL_BUSY.toNanos()) {
      wait = Math.min(IDLE.toNanos(), wait * 5 / 4);
    }
    return wait;
  }

  /** For how long there was nothing to do. */
  long idleNanos() {
    return nanos.getAsLong() - lastWork;
  }
}
