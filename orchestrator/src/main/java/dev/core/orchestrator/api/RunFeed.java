package dev.core.orchestrator.api;

import dev.core.orchestrator.store.RunQueries;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when runs change: one look at the database every half second, however many wait, and none
 * while nobody does. Thread-safe.
 */
public final class RunFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunFeed.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final RunQueries runs;
  private final Thread looking;
  private int waiting;
  private long newest;
  private boolean closed;

  public RunFeed(RunQueries runs) {
    this.runs = runs;
    this.looking = Thread.ofVirtual().name("run-feed").start(this::look);
  }

  /**
   * Waits for an event after that one.
   *
   * @return the newest event; the same as was given if none came in time, or if this is closed
   */
  public synchronized long awaitAfter(long event, Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    waiting++;
    notifyAll();
    try {
      while (newest <= event && !closed) {
        var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
          break;
        }
        wait(left);
      }
      return Math.max(newest, event);
    } finally {
      waiting--;
    }
  }

  public synchronized boolean closed() {
    return closed;
  }

  private void look() {
    try {
      while (isWanted()) {
        read();
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Waits until somebody waits. */
  private synchronized boolean isWanted() throws InterruptedException {
    while (waiting == 0 && !closed) {
      wait();
    }
    return !closed;
  }

  private void read() {
    try {
      var read = runs.newestEvent();
      synchronized (this) {
        newest = read;
        notifyAll();
      }
    } catch (RuntimeException e) {
      LOG.warn("cannot see whether runs changed; looking again", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    looking.interrupt();
  }
}
