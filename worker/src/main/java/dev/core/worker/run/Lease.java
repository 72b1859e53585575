package dev.core.worker.run;

import dev.core.common.settings.ClaimSettings;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * This process's own view of a claim's lease, by its monotonic clock: when to renew, and when to
 * stop because nobody confirmed a renewal. Thread-safe.
 */
public final class Lease {

  private final ClaimSettings settings;
  private final LongSupplier nanos;
  private final AtomicLong confirmed;

  /**
   * @param asked when the claim was asked for: the lease may have begun then
   */
  public Lease(ClaimSettings settings, LongSupplier nanos, long asked) {
    this.settings = settings;
    this.nanos = nanos;
    this.confirmed = new AtomicLong(asked);
  }

  /** A renewal that was asked for at that moment was confirmed. */
  public void renewed(long asked) {
    confirmed.accumulateAndGet(asked, Math::max);
  }

  public boolean isDue() {
    return silence() >= settings.renew().toNanos();
  }

  /** Whether it must be given up. */
  public boolean isOver() {
    return silence() >= settings.stop().toNanos();
  }

  /** Why an attempt stops when {@link #isOver}. */
  public Stop over() {
    return new Stop.LeaseOver(settings.stop());
  }

  private long silence() {
    return nanos.getAsLong() - confirmed.get();
  }
}
