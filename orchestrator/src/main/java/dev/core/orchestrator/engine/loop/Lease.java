package dev.core.orchestrator.engine.loop;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this process may take itself for the leader, by its own monotonic clock: from before the
 * statement that renewed, so always shorter than the database's view. Thread-safe.
 */
final class Lease {

  private final LongSupplier nanos;
  private final long length;
  private volatile long renewedAt;

  Lease(LongSupplier nanos, Duration length) {
    this.nanos = nanos;
    this.length = length.toNanos();
    this.renewedAt = nanos.getAsLong() - this.length;
  }

  /** The moment to give to {@link #renewed}, taken before the renewal is sent. */
  long now() {
    return nanos.getAsLong();
  }

  void renewed(long sentAt) {
    renewedAt = sentAt;
  }

  /** This term is over: what it still wanted to ask for is left to the next one. */
  void end() {
    renewedAt = nanos.getAsLong() - length;
  }

  /** Whether nobody else can lead now. To be asked before every remote call. */
  boolean held() {
    return nanos.getAsLong() - renewedAt < length;
  }

  /** Whether a third of it has gone by without a renewal. */
  boolean wantsRenewal() {
    return nanos.getAsLong() - renewedAt >= length / 3;
  }
}
