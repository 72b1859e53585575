package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Hold;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Loss;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the live jobs, all at once: it finds those that died without a word. It tells only what
 * differs from what is known. A job that the backend does not know is no news; it is gone when it
 * was absent for five minutes and no lease on its attempt is left.
 */
final class Observer {

  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
  private static final Duration GONE_AFTER = Duration.ofMinutes(5);
  private static final int EARLY_AT_MOST = 10_000;

  private final ComputeBackend backend;
  private final Inbox.OfTerm inbox;
  private final Lease lease;
  private final Executor calls;
  private final Duration claimLease;
  private final BackendHealth health;
  private final AtomicBoolean looking = new AtomicBoolean();

  private final FailureLists failures;

  /** Since when a job has been absent; only for those that are. One look at a time uses it. */
  private final Map<String, Instant> absentSince = new HashMap<>();

  Observer(
      ComputeBackend backend,
      Inbox.OfTerm inbox,
      Lease lease,
      Executor calls,
      Duration claimLease,
      BackendHealth health) {
    this.health = health;
    this.backend = backend;
    this.failures = new FailureLists(backend);
    this.inbox = inbox;
    this.lease = lease;
    this.calls = calls;
    this.claimLease = claimLease;
  }

  private record Watched(long runId, int task, Attempt attempt, Job job) {
    boolean isArray() {
      FanOut fan = attempt.fan();
      return fan != null && fan.chunk(job.chunk()).filter(chunk -> chunk.size() > 1).isPresent();
    }
  }

  /** The live jobs as of the last sweep. */
  private volatile Map<String, Watched> known = Map.of();

  /** News of jobs that the last sweep did not know: it may have come before their own answer. */
  private final Map<String, JobReport> early = new ConcurrentHashMap<>();

  private Instant nextLook = Instant.MIN;

  /** Takes what the backend says by itself. Any thread. */
  void hear(JobReport report) {
    Watched watched = known.get(report.jobId());
    if (watched != null) {
      heard(watched, report);
    } else if (!Job.arrayOf(report.jobId()).equals(report.jobId())) {
      Watched array = known.get(Job.arrayOf(report.jobId()));
      if (array != null && report.status() == JobReport.Status.FAILED) {
        ArrayFailures.losses(array.attempt(), array.job(), List.of(report))
            .ifPresent(losses -> tellLost(array, losses));
      }
    } else if (early.size() < EARLY_AT_MOST) {
      early.merge(report.jobId(), report, (one, other) -> other.status().ended() ? other : one);
    }
  }

  /** An array's end is told by looking at it, together with who of it has failed. */
  private void heard(Watched watched, JobReport report) {
    if (!watched.isArray() || !report.status().ended()) {
      tell(watched, report);
    }
  }

  private void tell(Watched watched, JobReport report) {
    if (differs(watched, report)) {
      tell(watched, Courier.status(report.status()), report);
    }
  }

  /** What was too early for the last sweep; what this one does not know either is forgotten. */
  private void hearAgain() {
    for (String jobId : List.copyOf(early.keySet())) {
      JobReport report = early.remove(jobId);
      Watched watched = known.get(jobId);
      if (report != null && watched != null) {
        heard(watched, report);
      }
    }
  }

  /** Starts a look, unless one is under way. */
  void look(Collection<Run> runs, Instant now) {
    Map<String, Watched> watched = new HashMap<>();
    for (Run run : runs) {
      // Also with no live task: a job may outlive its attempt.
      if (run.status() != RunStatus.QUEUED) {
        run.tasks()
            .forEachAttempted(task -> {
              for (Attempt attempt : task.live()) {
                for (Job job : attempt.jobs()) {
                  if (!job.status().ended()) {
                    watched.put(job.jobId(), new Watched(run.id(), task.index(), attempt, job));
                  }
                }
              }
            });
      }
    }
    known = watched;
    hearAgain();
    if (watched.isEmpty() || now.isBefore(nextLook) || !looking.compareAndSet(false, true)) {
      return;
    }
    nextLook = now.plus(backend.lookEvery(watched.size()));
    calls.execute(() -> {
      try {
        if (lease.held()) {
          look(watched, now);
        }
      } catch (BackendUnavailable e) {
        health.failed(e.getMessage());
        LOG.warn("cannot look at {} jobs: {}", watched.size(), e.getMessage());
      } finally {
        looking.set(false);
      }
    });
  }

  private void look(Map<String, Watched> watched, Instant now) {
    Map<String, JobReport> reports = backend.describe(List.copyOf(watched.keySet()));
    health.answered();
    var gone = new ArrayList<Watched>();
    watched.forEach((jobId, each) -> {
      JobReport report = reports.get(jobId);
      if (report == null) {
        Instant since = absentSince.computeIfAbsent(jobId, _ -> now);
        if (!now.isBefore(since.plus(GONE_AFTER)) && leaseOver(each, now)) {
          gone.add(each);
        }
      } else {
        absentSince.remove(jobId);
        if (listFailures(each, report) || !report.status().ended()) {
          tell(each, report);
        }
      }
    });
    absentSince.keySet().retainAll(watched.keySet());
    failures.retain(watched.keySet());
    for (Watched each : gone) {
      inbox.put(
          new Input.FromBackend(
              each.runId(),
              new Event.JobSeen(
                  each.task(),
                  each.attempt().number(),
                  each.job().jobId(),
                  Job.Status.GONE,
                  null,
                  "the backend has not known it for five minutes",
                  null)));
    }
  }

  /** False: who has failed is not known, so that an end cannot be told yet. */
  private boolean listFailures(Watched watched, JobReport report) {
    try {
      ArrayFailures.losses(watched.attempt(), watched.job(), failures.ask(report))
          .ifPresent(losses -> tellLost(watched, losses));
      return true;
    } catch (BackendUnavailable e) {
      health.failed(e.getMessage());
      LOG.warn("cannot list what of array {} has failed: {}", report.jobId(), e.getMessage());
      return false;
    }
  }

  private void tellLost(Watched watched, List<Loss> losses) {
    inbox.put(
        new Input.FromBackend(
            watched.runId(),
            new Event.PartitionsLost(watched.task(), watched.attempt().number(), losses)));
  }

  /** Of an array that of its own partitions alone: other arrays of the attempt may well live. */
  private boolean leaseOver(Watched watched, Instant now) {
    Attempt attempt = watched.attempt();
    FanOut fan = attempt.fan();
    if (fan != null) {
      return !now.isBefore(
          fan.lastRenewal(watched.job().chunk(), attempt.intendedAt()).plus(claimLease));
    }
    Hold hold = attempt.hold();
    return hold == null || !now.isBefore(hold.renewedAt().plus(claimLease));
  }

  private static boolean differs(Watched watched, JobReport report) {
    Job job = watched.job();
    return job.status() != Courier.status(report.status())
        || ((job.status() == Job.Status.PENDING || watched.isArray())
            && !Objects.equals(job.reason(), report.reason()));
  }

  private void tell(Watched watched, Job.Status status, JobReport report) {
    inbox.put(
        new Input.FromBackend(
            watched.runId(),
            new Event.JobSeen(
                watched.task(),
                watched.attempt().number(),
                report.jobId(),
                status,
                report.exitCode(),
                report.reason(),
                report.failureClass())));
  }
}
