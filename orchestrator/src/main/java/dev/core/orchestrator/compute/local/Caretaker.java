package dev.core.orchestrator.compute.local;

import dev.core.common.process.LiveProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that this machine has a resident worker as long as it has jobs, in a thread of its own
 * which sleeps when there are none. Thread-safe.
 */
final class Caretaker implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Caretaker.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final LocalRows rows;
  private final WorkerStarter starter;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("local workers").daemon().factory());

  Caretaker(LocalRows rows, WorkerStarter starter) {
    this.rows = rows;
    this.starter = starter;
  }

  /** There may be jobs; returns at once. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      look(Duration.ZERO);
    }
  }

  /** Starts a worker if none beats, whether or not there are jobs. */
  void look() {
    boolean anyBeats = false;
    for (var worker : rows.workers()) {
      if (LiveProcess.isAlive(worker.pid())) {
        anyBeats = true;
      } else {
        rows.stopped(worker.id());
      }
    }
    if (!anyBeats) {
      starter.start();
    }
  }

  private void look(Duration delay) {
    if (!thread.isShutdown()) {
      var _ = thread.schedule(this::lookAndGoOn, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookAndGoOn() {
    boolean hasJobs = true;
    try {
      // Before the jobs are counted, so that one queued after it wakes this thread again.
      awake.set(false);
      hasJobs = rows.unfinished() > 0;
      if (hasJobs) {
        look();
      }
    } catch (RuntimeException e) {
      // The edge of a tick: the next one tries again.
      LOGGER.warn("cannot look after the workers, trying again: {}", e.getMessage());
      LOGGER.debug("why", e);
    }
    if (hasJobs && awake.compareAndSet(false, true)) {
      look(BETWEEN_LOOKS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
