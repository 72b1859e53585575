package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Chunk;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries effects out: one remote call at a time for each attempt, none without the lease, each
 * answer back to the inbox as news. What fails is left: it is derived again. Thread-safe.
 */
final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** What is looked for, and when it was last asked for. */
  private record Wanted(String queue, String jobName, Instant askedAt) {}

  private final ComputeBackend backend;
  private final Inbox.OfTerm inbox;
  private final Lease lease;
  private final Executor calls;
  private final Executor submissions;
  private final BackendHealth health;

  /**
   * Attempts of which a submission or a look-up is under way, or its answer not yet dealt with:
   * until then the same effect is derived again, and a second job would be the result.
   */
  private final Set<Asked> asking = ConcurrentHashMap.newKeySet();

  /**
   * When the answer to a submission failed to come, by this process's own clock. The journal knows
   * when it was permitted, which may be long before it was sent if this process stood still.
   */
  private final Map<Asked, Long> unansweredSince = new ConcurrentHashMap<>();

  private final Terminations endings;

  /**
   * What an earlier leader asked for may have been sent until this term began, however long before
   * it was permitted.
   */
  private final long begunAt;

  /**
   * @param calls runs each call on a thread of its own, and bounds how many there are
   * @param submissions the same for those that submit
   */
  Courier(
      ComputeBackend backend,
      Inbox.OfTerm inbox,
      Lease lease,
      Executor calls,
      Executor submissions,
      BackendHealth health) {
    this.backend = backend;
    this.health = health;
    this.inbox = inbox;
    this.lease = lease;
    this.calls = calls;
    this.submissions = submissions;
    this.endings = new Terminations(backend, inbox, lease, calls);
    this.begunAt = lease.now();
  }

  /**
   * @param chunk the first index of what is submitted
   */
  private record Asked(long runId, int task, int attempt, int chunk) {}

  /**
   * @param now of {@code execution.clock()}
   */
  void carryOut(Map<Run, List<Effect>> effects, Instant now) {
    var terminations = new ArrayList<Terminations.Wanted>();
    effects.forEach((run, ofRun) -> {
      for (Effect effect : ofRun) {
        switch (effect) {
          case Effect.Submit submit -> submit(run, submit);
          case Effect.LookUp lookUp -> lookUp(run, lookUp, now);
          case Effect.Terminate terminate ->
              terminations.add(new Terminations.Wanted(run.id(), terminate));
        }
      }
    });
    endings.carryOut(terminations);
  }

  /** How many submissions have no answer yet, or one that is not dealt with. */
  int unanswered() {
    return asking.size();
  }

  /** Somebody else found that the backend cannot be asked. */
  void unavailable(@Nullable String message) {
    health.failed(message);
  }

  /** These answers are being dealt with: what follows from them may be asked for. */
  void heard(Collection<? extends Input> inputs) {
    for (Input input : inputs) {
      if (input instanceof Input.FromBackend answer) {
        asked(answer).ifPresent(asking::remove);
      }
    }
  }

  /** This answer could not be dealt with, and will be {@link #heard} again. */
  void unheard(Input.FromBackend input) {
    asked(input).ifPresent(asking::add);
  }

  private static Optional<Asked> asked(Input.FromBackend input) {
    // What is said of a job changes nothing here: an attempt that has one is not asked for again.
    return input.event() instanceof Event.OfSubmission event
        ? Optional.of(new Asked(input.runId(), event.task(), event.attempt(), event.chunk()))
        : Optional.empty();
  }

  private void submit(Run run, Effect.Submit submit) {
    var asked = new Asked(run.id(), submit.task(), submit.attempt(), first(submit.chunk()));
    if (!asking.add(asked)) {
      return;
    }
    JobRequest request = jobRequest(run, submit);
    submissions.execute(() -> {
      if (!lease.held()) {
        asking.remove(asked);
        return;
      }
      Submission answer;
      try {
        answer = backend.submit(request);
      } catch (RuntimeException e) {
        LOG.warn("submitting {} failed; looking for it", request.name(), e);
        answer = new Submission.Unknown(String.valueOf(e.getMessage()));
      }
      report(asked, answer);
    });
  }

  private void report(Asked asked, Submission answer) {
    long runId = asked.runId();
    int task = asked.task();
    int attempt = asked.attempt();
    int chunk = asked.chunk();
    switch (answer) {
      case Submission.Accepted(var jobId) -> {
        health.answered();
        tell(runId, new Event.Accepted(task, attempt, jobId, chunk));
      }
      case Submission.Refused(var failureClass, var message) -> {
        health.answered();
        tell(runId, new Event.Refused(task, attempt, failureClass, message, chunk));
      }
      case Submission.Unknown(var message) -> {
        LOG.info("no answer to the submission of run {} task {}: {}", runId, task, message);
        unansweredSince.values().removeIf(this::settled);
        unansweredSince.put(asked, lease.now());
        tell(runId, new Event.Unanswered(task, attempt, chunk));
      }
      // Certainly no job: the same effect is derived again with the next look.
      case Submission.Throttled(var message) -> {
        health.answered();
        LOG.debug("throttled: {}", message);
        asking.remove(asked);
      }
      case Submission.Unavailable(var message) -> {
        health.failed(message);
        LOG.debug("not submitted: {}", message);
        asking.remove(asked);
      }
    }
  }

  private void lookUp(Run run, Effect.LookUp lookUp, Instant now) {
    Attempt attempt = lookUp.of();
    Chunk chunk = lookUp.chunk();
    var asked = new Asked(run.id(), lookUp.task(), lookUp.attempt(), first(chunk));
    var wanted =
        chunk == null
            ? new Wanted(attempt.queue(), attempt.jobName(), attempt.askedAt())
            : new Wanted(attempt.queue(), chunk.jobName(), chunk.askedAt());
    boolean settled = !now.isBefore(wanted.askedAt().plus(backend.settleTime())) && settled(asked);
    if (!asking.add(asked)) {
      return;
    }
    calls.execute(() -> {
      boolean told = false;
      try {
        told = lease.held() && lookUp(asked, wanted, settled);
      } catch (BackendUnavailable e) {
        health.failed(e.getMessage());
        LOG.warn("cannot look for {}: {}", wanted.jobName(), e.getMessage());
      } finally {
        if (!told) {
          asking.remove(asked);
        }
      }
    });
  }

  private boolean settled(Asked asked) {
    return settled(unansweredSince.getOrDefault(asked, begunAt));
  }

  private boolean settled(long since) {
    return lease.now() - since >= backend.settleTime().toNanos();
  }

  /** Whether there was something to tell. */
  private boolean lookUp(Asked asked, Wanted wanted, boolean settled) {
    List<JobReport> found = backend.findByName(wanted.queue(), wanted.jobName());
    health.answered();
    for (JobReport report : found) {
      tell(
          asked.runId(),
          new Event.Accepted(asked.task(), asked.attempt(), report.jobId(), asked.chunk()));
    }
    // One empty answer soon after the submission proves nothing.
    if (found.isEmpty() && settled) {
      tell(
          asked.runId(),
          new Event.NotFound(asked.task(), asked.attempt(), wanted.askedAt(), asked.chunk()));
    }
    return settled || !found.isEmpty();
  }

  private void tell(long runId, Event event) {
    inbox.put(new Input.FromBackend(runId, event));
  }

  private static int first(@Nullable Chunk chunk) {
    return chunk == null ? 0 : chunk.first();
  }

  private static JobRequest jobRequest(Run run, Effect.Submit submit) {
    Attempt attempt = submit.of();
    Chunk chunk = submit.chunk();
    var header = run.header();
    var labels =
        Map.of(
            "client", header.client(),
            "brand", header.brand(),
            "pipeline", header.pipeline(),
            "run", Long.toString(run.id()),
            "task", run.plan().key(submit.task()),
            "attempt", Integer.toString(attempt.number()));
    return new JobRequest(
        chunk == null ? attempt.jobName() : chunk.jobName(),
        attempt.token(),
        attempt.queue(),
        attempt.definitionRevision(),
        run.plan().resources(submit.task()),
        chunk == null ? 1 : chunk.size(),
        first(chunk),
        header.priority(),
        labels);
  }

  /** Translates what a backend says into the engine's words. */
  static Job.Status status(JobReport.Status status) {
    return switch (status) {
      case PENDING -> Job.Status.PENDING;
      case RUNNING -> Job.Status.RUNNING;
      case SUCCEEDED -> Job.Status.SUCCEEDED;
      case FAILED -> Job.Status.FAILED;
    };
  }
}
