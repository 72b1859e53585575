package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Attempt.Hold;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of one attempt: what a fact about it makes of its task. Empty: the fact changes
 * nothing.
 */
final class AttemptRules {

  private final RetryPolicy policy;
  private final FanOutRules ofFanOuts;

  AttemptRules(RetryPolicy policy) {
    this.policy = policy;
    this.ofFanOuts = new FanOutRules(this);
  }

  Optional<Task> apply(Run run, Task task, Attempt attempt, Event.OfAttempt event, Instant now) {
    FanOut fan = attempt.fan();
    return fan == null
        ? ofOne(run, task, attempt, event, now)
        : ofFanOuts.apply(run, task, attempt, fan, event, now);
  }

  private Optional<Task> ofOne(
      Run run, Task task, Attempt attempt, Event.OfAttempt event, Instant now) {
    return switch (event) {
      // The attempt exists already: this is its intent, heard twice.
      case Event.Intended _ -> Optional.empty();
      case Event.Accepted accepted -> accepted(task, attempt, accepted.jobId(), now);
      case Event.Refused refused -> refused(run, task, attempt, refused, now);
      case Event.Unanswered _ -> unanswered(task, attempt);
      case Event.NotFound notFound -> notFound(run, task, attempt, notFound, now);
      case Event.Claimed claimed -> claimed(task, attempt, claimed, now);
      case Event.Renewed renewed -> renewed(task, attempt, renewed);
      case Event.Finished finished -> finished(run, task, attempt, finished.outcome(), now);
      case Event.LeaseOver over -> leaseOver(run, task, attempt, over, now);
      case Event.Overdue _ -> overdue(run, task, attempt, now);
      case Event.JobSeen seen -> jobSeen(run, task, attempt, seen, now);
      case Event.TerminationAsked asked -> terminationAsked(task, attempt, asked, now);
      case Event.ChunkIntended _,
          Event.PartitionsClaimed _,
          Event.PartitionsRenewed _,
          Event.PartitionsFinished _,
          Event.PartitionsLost _ ->
          Optional.empty();
    };
  }

  /** Closes the claim of the open attempt; the task waits until its jobs are confirmed ended. */
  static Task close(Task task, TaskStatus followUp, String reason, Instant now) {
    Task cancelling = task.cancelling(followUp, now);
    Attempt attempt = task.open().orElse(null);
    if (attempt == null) {
      return cancelling;
    }
    Attempt closed = attempt.closed(now, reason);
    FanOut fan = closed.fan();
    // Between two chunks there is no job of which an end could be confirmed.
    return fan != null && !closed.hasLiveJobs() && !fan.hasUnanswered()
        ? task.with(closed.ended(AttemptStatus.CANCELLED, now, null))
            .keeping(attempt)
            .with(followUp, now)
        : cancelling.with(closed).keeping(attempt);
  }

  private static Optional<Task> accepted(Task task, Attempt attempt, String jobId, Instant now) {
    if (attempt.job(jobId).isPresent() && attempt.asked() == Asked.ANSWERED) {
      return Optional.empty();
    }
    Job job = attempt.job(jobId).orElseGet(() -> Job.pending(jobId, now));
    Attempt next = attempt.with(job).with(Asked.ANSWERED, attempt.askedAt());
    return Optional.of(
        task.with(
            attempt.status() == AttemptStatus.INTENDED
                ? next.with(AttemptStatus.SUBMITTED)
                : next));
  }

  private Optional<Task> refused(
      Run run, Task task, Attempt attempt, Event.Refused refused, Instant now) {
    if (!attempt.jobs().isEmpty()) {
      return Optional.empty();
    }
    Attempt answered = attempt.with(Asked.ANSWERED, attempt.askedAt());
    if (attempt.status() == AttemptStatus.INTENDED) {
      var failure = new Failure(refused.failureClass(), refused.message());
      return Optional.of(failed(run, task, answered, failure, now));
    }
    return attempt.status() == AttemptStatus.CLOSED
        ? Optional.of(confirm(run, task, answered, now))
        : Optional.empty();
  }

  private static Optional<Task> unanswered(Task task, Attempt attempt) {
    return attempt.asked() == Asked.NOT_YET
        ? Optional.of(task.with(attempt.with(Asked.NO_ANSWER, attempt.askedAt())))
        : Optional.empty();
  }

  /** Which submission it is about is told by its time: what is not stored decides nothing. */
  private Optional<Task> notFound(
      Run run, Task task, Attempt attempt, Event.NotFound event, Instant now) {
    if (attempt.asked() == Asked.ANSWERED
        || !attempt.jobs().isEmpty()
        || !attempt.askedAt().equals(event.askedAt())) {
      return Optional.empty();
    }
    if (attempt.status() == AttemptStatus.INTENDED) {
      return attempt.asked() == Asked.NOT_YET && attempt.askedAt().equals(now)
          ? Optional.empty()
          : Optional.of(task.with(attempt.with(Asked.NOT_YET, now)));
    }
    return attempt.status() == AttemptStatus.CLOSED
        ? Optional.of(confirm(run, task, attempt.with(Asked.ANSWERED, attempt.askedAt()), now))
        : Optional.empty();
  }

  private static Optional<Task> claimed(
      Task task, Attempt attempt, Event.Claimed claimed, Instant now) {
    if (attempt.status() != AttemptStatus.INTENDED && attempt.status() != AttemptStatus.SUBMITTED) {
      return Optional.empty();
    }
    return Optional.of(
        task.running(claimed.claimedAt(), now).with(RunMachine.claimed(attempt, claimed, now)));
  }

  private static Optional<Task> renewed(Task task, Attempt attempt, Event.Renewed renewed) {
    Hold hold = attempt.hold();
    if (attempt.status() != AttemptStatus.CLAIMED
        || hold == null
        || renewed.renewedAt().isBefore(hold.renewedAt())) {
      return Optional.empty();
    }
    var next =
        new Hold(
            hold.claimant(),
            hold.jobId(),
            hold.claimedAt(),
            renewed.renewedAt(),
            renewed.progress());
    return next.equals(hold) ? Optional.empty() : Optional.of(task.with(attempt.with(next)));
  }

  private Optional<Task> finished(
      Run run, Task task, Attempt attempt, Outcome outcome, Instant now) {
    if (attempt.status() != AttemptStatus.CLAIMED) {
      return Optional.empty();
    }
    Attempt ended = RunMachine.finished(attempt, outcome, now);
    Failure failure = outcome.failure();
    if (failure == null) {
      return Optional.of(
          task.with(TaskStatus.SUCCEEDED, now).with(ended).returning(outcome.result()));
    }
    return Optional.of(afterFailure(run, task.with(ended), failure, now));
  }

  private Optional<Task> leaseOver(
      Run run, Task task, Attempt attempt, Event.LeaseOver over, Instant now) {
    Hold hold = attempt.hold();
    if (attempt.status() != AttemptStatus.CLAIMED
        || hold == null
        || hold.renewedAt().isAfter(over.renewedAt())) {
      return Optional.empty();
    }
    var failure =
        new Failure(
            FailureClass.INFRASTRUCTURE,
            "no sign of life from the worker since "
                + over.renewedAt()
                + "; its lease of "
                + policy(run).claimLease().toSeconds()
                + " s is over");
    return Optional.of(failed(run, task, attempt.closed(now, failure.message()), failure, now));
  }

  private static Optional<Task> overdue(Run run, Task task, Attempt attempt, Instant now) {
    if (attempt.status() != AttemptStatus.CLAIMED) {
      return Optional.empty();
    }
    String message =
        "ran longer than its time-out of "
            + run.plan().resources(task.index()).timeoutSeconds()
            + " s";
    Task failing = task.failedWith(new Failure(FailureClass.TIMEOUT, message));
    return Optional.of(close(failing, TaskStatus.FAILED, message, now));
  }

  private Optional<Task> jobSeen(
      Run run, Task task, Attempt attempt, Event.JobSeen seen, Instant now) {
    Job known = attempt.job(seen.jobId()).orElse(null);
    if (known == null || !known.live()) {
      return Optional.empty();
    }
    if (!seen.status().ended()) {
      return stillLive(task, attempt, known, seen);
    }
    Attempt next = attempt.with(known.ended(seen.status(), now, seen.exitCode(), seen.reason()));
    Hold hold = attempt.hold();
    boolean evidence = hold == null ? !next.hasLiveJobs() : hold.jobId().equals(seen.jobId());
    if (attempt.status().open() && evidence) {
      return Optional.of(
          failed(run, task, next.closed(now, "its job has ended"), lost(hold != null, seen), now));
    }
    return Optional.of(
        attempt.status() == AttemptStatus.CLOSED && !next.hasLiveJobs()
            ? confirm(run, task, next, now)
            : task.with(next));
  }

  static Optional<Task> stillLive(Task task, Attempt attempt, Job known, Event.JobSeen seen) {
    boolean starts = seen.status() == Job.Status.RUNNING && known.status() == Job.Status.PENDING;
    if (starts) {
      return Optional.of(task.with(attempt.with(known.started())));
    }
    // How the members of an array stand is said also while some of them run.
    boolean told = known.status() == Job.Status.PENDING || attempt.fan() != null;
    return told && !Objects.equals(known.reason(), seen.reason())
        ? Optional.of(task.with(attempt.with(known.waiting(seen.reason()))))
        : Optional.empty();
  }

  /**
   * @param claimed whether its worker held the claim
   */
  static Failure lost(boolean claimed, Event.JobSeen seen) {
    FailureClass failureClass =
        seen.failureClass() == null ? FailureClass.INFRASTRUCTURE : seen.failureClass();
    // Only an outcome makes a failure the user's: a job that ended without one was lost.
    if (failureClass == FailureClass.USER) {
      failureClass = FailureClass.INFRASTRUCTURE;
    }
    String what =
        claimed
            ? "job " + seen.jobId() + " ended without an outcome"
            : "job " + seen.jobId() + " ended before it claimed the attempt";
    String code = seen.exitCode() == null ? "" : ", exit code " + seen.exitCode();
    String reason = seen.reason() == null ? "" : ": " + seen.reason();
    return new Failure(failureClass, what + code + reason);
  }

  @SuppressWarnings("ReferenceEquality") // the same object means: nothing changed
  static Optional<Task> terminationAsked(
      Task task, Attempt attempt, Event.TerminationAsked asked, Instant now) {
    Attempt next = attempt;
    for (String jobId : asked.jobIds()) {
      Job job = next.job(jobId).orElse(null);
      if (job != null && job.live()) {
        next = next.with(job.terminationAsked(now));
      }
    }
    return next == attempt ? Optional.empty() : Optional.of(task.with(next));
  }

  /** Every job of a closed attempt is confirmed ended: the task becomes what was to follow. */
  Task confirm(Run run, Task task, Attempt attempt, Instant now) {
    Task with = task.with(attempt.ended(AttemptStatus.CANCELLED, now, null));
    if (task.status() != TaskStatus.CANCELLING || task.followUp() == null) {
      return with;
    }
    Failure failure = task.failure();
    if (task.followUp() == TaskStatus.FAILED && task.origin() == null && failure != null) {
      Task ended = task.with(attempt.ended(AttemptStatus.FAILED, now, failure));
      return afterFailure(run, ended, failure, now);
    }
    boolean again = task.followUp() == TaskStatus.WAITING && run.opened(task.index());
    return with.with(again ? TaskStatus.READY : task.followUp(), now);
  }

  Task failed(Run run, Task task, Attempt attempt, Failure failure, Instant now) {
    // Ended by somebody else than its worker: from here on nobody may claim it or finish it.
    Attempt closed = attempt.closedAt() == null ? attempt.closed(now, failure.message()) : attempt;
    return afterFailure(
        run, task.with(closed.ended(AttemptStatus.FAILED, now, failure)), failure, now);
  }

  private RetryPolicy policy(Run run) {
    return Objects.requireNonNullElse(run.header().retryPolicy(), policy);
  }

  /** Spends the budget of that class of failure; what is left decides. */
  Task afterFailure(Run run, Task task, Failure failure, Instant now) {
    Task spent = task.spending(failure);
    if (run.status() == RunStatus.CANCELLING) {
      return spent.with(TaskStatus.CANCELLED, now);
    }
    var resources = run.plan().resources(task.index());
    return switch (failure.failureClass()) {
      // It would fail the same way again until somebody changes something.
      case CONFIGURATION -> spent.with(TaskStatus.FAILED, now);
      case USER, TIMEOUT, OUT_OF_MEMORY ->
          spent.userFailures() < resources.attempts()
              ? spent.retrying(now.plusSeconds(resources.retryDelaySeconds()), now)
              : spent.with(TaskStatus.FAILED, now);
      case INFRASTRUCTURE ->
          spent.infrastructureFailures() < policy(run).infrastructureAttempts()
              ? spent.retrying(
                  now.plus(policy(run).infrastructureDelay(spent.infrastructureFailures())), now)
              : spent.with(TaskStatus.FAILED, now);
    };
  }
}
