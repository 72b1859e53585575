package dev.core.worker.serve;

import dev.core.common.protocol.jdbc.EndedJob;
import dev.core.common.protocol.jdbc.JdbcLocalJobs;
import dev.core.worker.run.Backoff;
import dev.core.worker.run.Reason;
import dev.core.worker.run.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of the resident worker: one thread that tells the database what has ended and takes what
 * is queued, both in one commit, as often as there is news. It survives a database that is away:
 * what it runs goes on, ends are kept until they can be told.
 */
final class Resident {

  private static final Logger LOGGER = LoggerFactory.getLogger(Resident.class);

  /** How long the last ends may take to be reported once it was asked to stop. */
  private static final Duration FAREWELL = Duration.ofSeconds(28);

  private final JdbcLocalJobs jobs;
  private final Workload workload;
  private final Limits limits;
  private final Tools tools;
  private final PollPace pace;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final List<EndedJob> unreported = new ArrayList<>();
  private boolean answerLost;
  private volatile boolean stopping;
  private volatile long stoppingSince;

  /**
   * @param slots jobs that run at once
   * @param idle without work for so long, it ends
   */
  record Limits(int slots, Duration idle) {}

  /**
   * @param told whether the workload is woken when there are new jobs
   */
  Resident(
      JdbcLocalJobs jobs, Workload workload, Limits limits, Tools tools, BooleanSupplier told) {
    this.jobs = jobs;
    this.workload = workload;
    this.limits = limits;
    this.tools = tools;
    this.pace = new PollPace(tools.nanos(), told);
  }

  /** Works until it was asked to stop, or there was nothing to do for long. */
  void run() throws InterruptedException {
    while (!isDone()) {
      unreported.addAll(workload.takeEnded());
      if (!unreported.isEmpty() || takes() > 0) {
        exchange();
      }
      if (unreported.isEmpty() && !isDone()) {
        workload.await(pace.nextWait());
      }
    }
    jobs.stop();
  }

  /** Interrupts all jobs and takes no more; from any thread. */
  void askToStop(String reason) {
    stoppingSince = tools.nanos().getAsLong();
    stopping = true;
    workload.stopAll(new Stop.Asked(reason));
    workload.wake();
  }

  private boolean isDone() {
    boolean nothing = unreported.isEmpty() && workload.active().isEmpty();
    if (stopping) {
      // Jobs that were being started when all were stopped.
      workload.stopAll(new Stop.Asked("the worker was asked to stop"));
      return nothing || tools.nanos().getAsLong() - stoppingSince > FAREWELL.toNanos();
    }
    return nothing && pace.idleNanos() > limits.idle().toNanos();
  }

  private int takes() {
    return stopping ? 0 : Math.max(0, limits.slots() - workload.active().size());
  }

  private void exchange() throws InterruptedException {
    try {
      if (answerLost) {
        adoptUnknown();
      }
      long asked = tools.nanos().getAsLong();
      var taken = jobs.exchange(List.copyOf(unreported), takes());
      if (!taken.isEmpty() || !unreported.isEmpty()) {
        pace.worked();
      }
      unreported.clear();
      taken.forEach(job -> workload.start(job, asked));
      backoff.reset();
    } catch (RuntimeException e) {
      answerLost = true;
      LOGGER.warn("the database does not answer, trying again: {}", Reason.of(e));
      LOGGER.debug("why", e);
      workload.await(backoff.next().toNanos());
    }
  }

  /** Jobs of an exchange that was committed although its answer was lost. */
  private void adoptUnknown() {
    long asked = tools.nanos().getAsLong();
    for (var job : jobs.held()) {
      boolean known =
          workload.has(job.id())
              || unreported.stream().anyMatch(ended -> ended.job().id() == job.id());
      if (!known) {
        LOGGER.warn("job {} was taken by an exchange whose answer was lost", job.jobId());
        workload.start(job, asked);
      }
    }
    answerLost = false;
  }
}
