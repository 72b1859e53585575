package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.store.OrchestratorRows;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others that this orchestrator lives, now and then, on a thread that the leader never waits
 * for. What goes wrong here is nobody's trouble: the next sign may succeed.
 */
final class Presence implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final OrchestratorRows rows;
  private final String holder;
  private final LongSupplier nanos;
  private final Executor threads;
  private final AtomicBoolean beating = new AtomicBoolean();
  private volatile boolean ended;
  private long lastBeat;

  Presence(OrchestratorRows rows, String holder, LongSupplier nanos, Executor threads) {
    this.rows = rows;
    this.holder = holder;
    this.nanos = nanos;
    this.threads = threads;
    this.lastBeat = nanos.getAsLong() - EVERY;
  }

  /** To be called often, by one thread; costs nothing most of the time. */
  void turn() {
    if (nanos.getAsLong() - lastBeat >= EVERY && beating.compareAndSet(false, true)) {
      lastBeat = nanos.getAsLong();
      threads.execute(this::beat);
    }
  }

  private void beat() {
    try {
      if (!ended) {
        rows.beat(holder);
      }
    } catch (RuntimeException e) {
      LOG.debug("no sign of life could be given", e);
    } finally {
      beating.set(false);
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      rows.leave(holder);
    } catch (RuntimeException e) {
      LOG.debug("the row of {} stays for a day", holder, e);
    }
  }
}
