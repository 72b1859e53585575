package dev.core.worker.serve;

import dev.core.common.protocol.jdbc.JdbcLocalJobs;
import dev.core.worker.run.Reason;
import dev.core.worker.run.Stop;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a resident worker does beside taking jobs: signs of life, renewals, terminations, and
 * looking after time-outs and leases. The last has a thread of its own, for the database may keep
 * the others waiting.
 */
final class Upkeep implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final JdbcLocalJobs jobs;
  private final Workload workload;
  private final int slots;
  private final LongSupplier nanos;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("upkeep ", 0).daemon().factory());
  private long lastBeat;

  Upkeep(JdbcLocalJobs jobs, Workload workload, int slots, LongSupplier nanos) {
    this.jobs = jobs;
    this.workload = workload;
    this.slots = slots;
    this.nanos = nanos;
    this.lastBeat = nanos.getAsLong();
  }

  void start() {
    every(() -> workload.active().forEach(ActiveJob::watch));
    every(this::talk);
  }

  private void every(Runnable task) {
    var _ =
        threads.scheduleWithFixedDelay(
            () -> attempt(task), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The edge of a tick: the next one tries again, and leases see to what must not wait for it. */
  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.warn("upkeep failed, trying again: {}", Reason.of(e));
      LOGGER.debug("why", e);
    }
  }

  private void talk() {
    if (nanos.getAsLong() - lastBeat > BEAT.toNanos()) {
      jobs.beat(slots);
      lastBeat = nanos.getAsLong();
    }
    if (workload.active().isEmpty()) {
      return;
    }
    for (var wish : jobs.terminations()) {
      workload.active().stream()
          .filter(job -> job.job().id() == wish.jobId())
          .forEach(job -> job.stop(new Stop.Asked(wish.reason())));
    }
    workload.active().forEach(ActiveJob::renew);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
