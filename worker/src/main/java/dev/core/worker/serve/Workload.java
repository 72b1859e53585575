package dev.core.worker.serve;

import dev.core.common.json.Json;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.EndedJob;
import dev.core.common.protocol.jdbc.TakenJob;
import dev.core.worker.run.Stop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The jobs that this worker has: those that run, and those that have ended and are to be reported.
 * Thread-safe.
 */
final class Workload {

  private final Tools tools;
  private final Map<Long, ActiveJob> active = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<EndedJob> ended = new ConcurrentLinkedQueue<>();
  private final Semaphore news = new Semaphore(0);

  Workload(Tools tools) {
    this.tools = tools;
  }

  Collection<ActiveJob> active() {
    return active.values();
  }

  boolean has(long jobId) {
    return active.containsKey(jobId);
  }

  /**
   * @param asked when it was asked for, by the monotonic clock
   */
  void start(TakenJob job, long asked) {
    if (job.refused()) {
      end(
          new EndedJob(
              job,
              null,
              WorkerExit.CLAIM_REFUSED.code(),
              "the claim was refused: somebody else holds the attempt, or it was closed"));
      return;
    }
    if (job.request().isolated()) {
      active.put(job.id(), IsolatedJob.start(job, tools, this::end));
      return;
    }
    try {
      active.put(job.id(), ResidentJob.start(job, tools, asked, this::end));
    } catch (Json.MalformedJson e) {
      end(ResidentJob.unreadable(job, e));
    } catch (RuntimeException e) {
      // Such as a log that cannot be written: of this job alone, and the others go on.
      end(
          new EndedJob(
              job, null, WorkerExit.INFRASTRUCTURE.code(), "it could not be started: " + e));
    }
  }

  private void end(EndedJob job) {
    ended.add(job);
    news.release();
  }

  /** Lets {@link #await} return now. */
  void wake() {
    news.release();
  }

  /** Waits until something ended, somebody wakes it, or the time is over. */
  void await(long nanos) throws InterruptedException {
    if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
  }

  /** What has ended since it was asked last; it takes no slots any more. */
  List<EndedJob> takeEnded() {
    var taken = new ArrayList<EndedJob>();
    for (var job = ended.poll(); job != null; job = ended.poll()) {
      active.remove(job.job().id());
      taken.add(job);
    }
    return taken;
  }

  void stopAll(Stop why) {
    active.values().forEach(job -> job.stop(why));
  }
}
