package dev.core.emulator.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** Time that passes faster than the machine's, by a factor. Thread-safe. */
public final class EmulatedTime implements AutoCloseable {

  private final double factor;
  private final long startNanos = System.nanoTime();
  private final Instant start = Instant.now();

  /** Containers may end after it was closed: nothing follows from that any more. */
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("batch").factory(), new DiscardPolicy());

  /**
   * @param factor how many emulated seconds pass in one of the machine's
   */
  public EmulatedTime(double factor) {
    this.factor = factor;
  }

  public Instant now() {
    return start.plusNanos((long) ((System.nanoTime() - startNanos) * factor));
  }

  /** Runs it once so much emulated time has passed; all that is scheduled runs in one thread. */
  ScheduledFuture<?> after(Duration delay, Runnable action) {
    return timer.schedule(action, (long) (delay.toNanos() / factor), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
