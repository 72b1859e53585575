package dev.core.orchestrator.compute.simulated;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulated jobs at the pace of real time, made faster: a thread advances the timeline. What the
 * mode {@code simulated} runs on. Thread-safe.
 */
public final class PacedBackend implements ComputeBackend {

  private static final Logger LOGGER = LoggerFactory.getLogger(PacedBackend.class);

  private final SimulatedBackend jobs;
  private final Timeline timeline;
  private final int speed;
  private final LongSupplier nanos;
  private final long startNanos;
  private final Instant start;
  // Fair, or the thread of the timeline, which takes it again at once, would starve the others.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean closed;

  /**
   * @param jobs on that timeline; nobody else may use them from here on
   * @param speed virtual seconds in a real one
   * @param nanos a monotonic clock
   */
  public PacedBackend(SimulatedBackend jobs, Timeline timeline, int speed, LongSupplier nanos) {
    this.jobs = jobs;
    this.timeline = timeline;
    this.speed = speed;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.start = timeline.now();
    this.thread = Thread.ofPlatform().name("simulated jobs").daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public PacedBackend started() {
    thread.start();
    return this;
  }

  private void run() {
    while (true) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        advance();
      } catch (InterruptedException e) {
        LOGGER.debug("woken to close", e);
      } catch (RuntimeException e) {
        // The edge of the thread: one job's fault must not hold up the others.
        LOGGER.error("a simulated job failed in a way that was not foreseen", e);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets one thing happen, or waits until there is one: callers come in between. */
  private void advance() throws InterruptedException {
    Instant next = timeline.next().orElse(null);
    if (next == null) {
      timeline.advanceTo(virtualNow());
      changed.await();
    } else if (next.isAfter(virtualNow())) {
      long wait = Duration.between(virtualNow(), next).toNanos() / speed;
      var _ = changed.await(Math.max(wait, 1), TimeUnit.NANOSECONDS);
    } else {
      boolean _ = timeline.step();
    }
  }

  private Instant virtualNow() {
    return start.plusNanos((nanos.getAsLong() - startNanos) * speed);
  }

  private <T> T locked(Supplier<T> call) {
    lock.lock();
    try {
      // What is late stays late; but nothing may begin before this moment.
      Instant now = virtualNow();
      if (timeline.next().filter(next -> !next.isAfter(now)).isEmpty()) {
        timeline.advanceTo(now);
      }
      return call.get();
    } finally {
      changed.signal();
      lock.unlock();
    }
  }

  @Override
  public String mode() {
    return jobs.mode();
  }

  @Override
  public Duration settleTime() {
    return jobs.settleTime();
  }

  @Override
  public boolean pretends() {
    return true;
  }

  @Override
  public int submissionBudget() {
    return jobs.submissionBudget();
  }

  @Override
  public Submission submit(JobRequest request) {
    return locked(() -> jobs.submit(request));
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    return locked(() -> jobs.describe(jobIds));
  }

  @Override
  public List<JobReport> failedMembers(String arrayId) {
    return locked(() -> jobs.failedMembers(arrayId));
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    return locked(() -> jobs.findByName(queue, jobName));
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    boolean _ =
        locked(() -> {
          jobs.terminate(jobIds, reason);
          return true;
        });
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return locked(() -> jobs.logs(jobId, cursor));
  }

  /** Ends the thread, and with it the jobs. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
