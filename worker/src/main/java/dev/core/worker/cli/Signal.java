package dev.core.worker.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * While it is open, a signal that asks this process to end interrupts the work first and leaves it
 * a moment to clean up.
 */
final class Signal implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 5000;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  Signal(Thread worker) {
    hook =
        new Thread(
            () -> {
              worker.interrupt();
              awaitBriefly();
            },
            "signal");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LoggerFactory.getLogger(Signal.class).debug("ended by a signal", e);
    }
  }

  private void awaitBriefly() {
    try {
      var _ = done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
