package dev.core.bench;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that take no time: threads of this process claim and finish at once, so that what is left is
 * the engine. Keeps when each submission came and when each outcome was committed.
 */
final class ScriptedBackend implements ComputeBackend {

  private static final Outcome SUCCESS = Outcome.success(null, List.of());

  private record Job(String id, JobRequest request) {
    String token() {
      return request.token();
    }
  }

  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final Map<String, JobReport> reports = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Long> submitted = new ArrayList<>();
  private final List<Long> ended = new ArrayList<>();
  private int heldAfter = Integer.MAX_VALUE;
  private boolean holding;

  private ScriptedBackend() {}

  /** Workers that claim and finish one attempt after the other, as real ones do. */
  static ScriptedBackend claiming(WorkerProtocol protocol, int workers) {
    var backend = new ScriptedBackend();
    for (int worker = 0; worker < workers; worker++) {
      var claimant = "bench-" + worker;
      backend.start(() -> {
        var job = backend.queue.take();
        var token = job.request().token();
        if (protocol.claim(token, 0, job.id(), claimant) != null
            && protocol.finish(token, 0, claimant, SUCCESS)) {
          backend.ended(List.of(job));
        }
      });
    }
    return backend;
  }

  /**
   * One worker that writes the outcomes of all waiting attempts in one transaction: what workers
   * cost the database all but vanishes, and the engine's own speed is seen.
   */
  static ScriptedBackend inBulk(Jdbi jdbi, String outcome, Runnable announce) {
    var backend = new ScriptedBackend();
    backend.start(() -> {
      var jobs = new ArrayList<Job>();
      jobs.add(backend.queue.take());
      backend.queue.drainTo(jobs);
      while (!jobs.isEmpty()) {
        var some = jobs.subList(0, Math.min(jobs.size(), backend.room()));
        end(jdbi, some, outcome);
        announce.run();
        backend.ended(some);
        some.clear();
      }
    });
    return backend;
  }

  private static void end(Jdbi jdbi, List<Job> jobs, String outcome) {
    jdbi.useTransaction(handle -> {
      var batch =
          handle.prepareBatch(
              """
              update execution.claims
              set claimant = 'bench', job_id = :job, claimed_at = execution.clock(),
                renewed_at = execution.clock(), finished_at = execution.clock(),
                outcome = :outcome, version = version + 1, has_news = true
              where token = :token and partition_index = 0
              """);
      for (var job : jobs) {
        batch.bind("job", job.id()).bind("outcome", outcome).bind("token", job.token()).add();
      }
      batch.execute();
    });
  }

  /** Lets outcomes come only until there were so many; the rest after {@link #goOn}. */
  synchronized void holdAfter(int outcomes) {
    heldAfter = outcomes;
    holding = false;
    notifyAll();
  }

  synchronized void goOn() {
    heldAfter = Integer.MAX_VALUE;
    notifyAll();
  }

  /** Waits until the next outcomes would be too many. */
  synchronized void awaitHold() throws InterruptedException {
    while (!holding) {
      wait();
    }
  }

  /** Waits until so many submissions have come. */
  synchronized void awaitSubmitted(int submissions) throws InterruptedException {
    while (submitted.size() < submissions) {
      wait();
    }
  }

  /** How many outcomes may come now; waits until there may be any. */
  private synchronized int room() throws InterruptedException {
    while (ended.size() >= heldAfter) {
      holding = true;
      notifyAll();
      wait();
    }
    holding = false;
    return heldAfter - ended.size();
  }

  /** Nanoseconds from that outcome, counted from 1, to the submission that came last. */
  synchronized long lastGap(int outcome) {
    return submitted.getLast() - ended.get(outcome - 1);
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void start(Step step) {
    threads.add(
        Thread.ofPlatform()
            .daemon()
            .name("bench-worker-" + threads.size())
            .start(() -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  step.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private void ended(List<Job> jobs) {
    long now = System.nanoTime();
    for (var job : jobs) {
      report(job, JobReport.Status.SUCCEEDED);
    }
    synchronized (this) {
      jobs.forEach(_ -> ended.add(now));
    }
  }

  private void report(Job job, JobReport.Status status) {
    var ended = status.ended();
    reports.put(
        job.id(),
        new JobReport(
            job.id(), job.request().name(), status, Instant.EPOCH, ended ? 0 : null, null, null));
  }

  /** Nanoseconds from each end to the submission after it; means something in a chain alone. */
  synchronized List<Long> gaps() {
    var gaps = new ArrayList<Long>();
    for (int i = 0; i + 1 < submitted.size() && i < ended.size(); i++) {
      gaps.add(submitted.get(i + 1) - ended.get(i));
    }
    return gaps;
  }

  synchronized void forget() {
    submitted.clear();
    ended.clear();
  }

  @Override
  public String mode() {
    return "simulated";
  }

  @Override
  public Duration settleTime() {
    return Duration.ZERO;
  }

  @Override
  public int submissionBudget() {
    return 1000;
  }

  @Override
  public Submission submit(JobRequest request) {
    long now = System.nanoTime();
    var job = new Job("bench-" + request.token(), request);
    synchronized (this) {
      submitted.add(now);
      notifyAll();
    }
    report(job, JobReport.Status.RUNNING);
    queue.add(job);
    return new Submission.Accepted(job.id());
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    var found = new java.util.HashMap<String, JobReport>();
    for (var id : jobIds) {
      var report = reports.get(id);
      if (report != null) {
        found.put(id, report);
      }
    }
    return found;
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    return reports.values().stream().filter(report -> report.name().equals(jobName)).toList();
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {}

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return new LogPage(List.of(), "0");
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
