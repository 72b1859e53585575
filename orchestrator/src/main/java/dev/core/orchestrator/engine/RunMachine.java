package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Attempt.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one run: what follows from a fact. Pure: the same run, event and time give the same
 * next run. An event that does not apply gives back the very same run (same object), which is
 * normal: news comes late, twice and out of order.
 */
public final class RunMachine {

  private final RetryPolicy policy;
  private final AttemptRules rules;

  public RunMachine(RetryPolicy policy) {
    this.policy = policy;
    this.rules = new AttemptRules(policy);
  }

  /** What new runs seal, and what runs without a policy of their own go by. */
  public RetryPolicy policy() {
    return policy;
  }

  /**
   * @param now of {@code execution.clock()}
   * @return the next version, or {@code run} itself if the event changes nothing
   */
  public Run apply(Run run, Event event, Instant now) {
    return switch (event) {
      case Event.Admitted _ -> admit(run, now);
      case Event.Skipped _ -> skip(run, now);
      case Event.TookOver took -> takeOver(run, took, now);
      case Event.CancelAsked asked -> cancel(run, asked, now);
      case Event.OfTasks asked ->
          switch (Correction.of(run, asked, now)) {
            case Correction.Changed(_, var after) -> after;
            case Correction.Refused _ -> run;
          };
      case Event.OfTask ofTask -> ofTask(run, ofTask, now);
    };
  }

  static Run admit(Run run, Instant now) {
    if (run.status() != RunStatus.QUEUED) {
      return run;
    }
    var edit = new RunEdit(run, now);
    edit.start();
    return edit.done();
  }

  private static Run skip(Run run, Instant now) {
    // What has run stays, whoever has taken it up again.
    if (run.status() != RunStatus.QUEUED || run.startedAt() != null) {
      return run;
    }
    var edit = new RunEdit(run, now);
    edit.skip();
    return edit.done();
  }

  private static Run takeOver(Run run, Event.TookOver took, Instant now) {
    if (run.status() != RunStatus.QUEUED || run.startedAt() != null) {
      return run;
    }
    var edit = new RunEdit(run, now);
    boolean any = false;
    for (var taken : took.tasks()) {
      Task task = edit.task(taken.task());
      if (task.status() == TaskStatus.WAITING) {
        edit.put(task.with(TaskStatus.SUCCEEDED, now).from(taken.from()).returning(taken.result()));
        any = true;
      }
    }
    return any ? edit.made() : run;
  }

  private static Run cancel(Run run, Event.CancelAsked asked, Instant now) {
    if (run.status() != RunStatus.QUEUED && run.status() != RunStatus.RUNNING) {
      return run;
    }
    var edit = new RunEdit(run, now);
    edit.status(RunStatus.CANCELLING);
    run.tasks()
        .forEach(task -> {
          switch (task.status()) {
            case WAITING, READY, RETRYING -> edit.put(task.with(TaskStatus.CANCELLED, now));
            case SUBMITTED, RUNNING ->
                edit.put(AttemptRules.close(task, TaskStatus.CANCELLED, asked.reason(), now));
            case CANCELLING -> edit.put(task.cancelling(TaskStatus.CANCELLED, now));
            case SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED -> {}
          }
        });
    return edit.done();
  }

  private Run ofTask(Run run, Event.OfTask event, Instant now) {
    if (event.task() < 0 || event.task() >= run.tasks().size()) {
      return run;
    }
    Task task = run.tasks().get(event.task());
    Optional<Task> next =
        switch (event) {
          case Event.Intended intended -> intend(run, task, intended, now);
          case Event.Unresolvable unresolvable -> unresolvable(run, task, unresolvable, now);
          case Event.RetryDue _ -> retryDue(task, now);
          case Event.OfAttempt ofAttempt ->
              task.attempt(ofAttempt.attempt())
                  .flatMap(attempt -> rules.apply(run, task, attempt, ofAttempt, now));
        };
    if (next.isEmpty()) {
      return run;
    }
    var edit = new RunEdit(run, now);
    edit.put(next.get());
    return edit.done();
  }

  private static Optional<Task> intend(Run run, Task task, Event.Intended intended, Instant now) {
    if (run.status() != RunStatus.RUNNING
        || task.status() != TaskStatus.READY
        || intended.attempt() != task.attempts() + 1) {
      return Optional.empty();
    }
    var attempt =
        new Attempt(
            intended.attemptId(),
            intended.attempt(),
            intended.token(),
            intended.jobName(),
            intended.queue(),
            intended.definitionRevision(),
            AttemptStatus.INTENDED,
            now,
            Asked.NOT_YET,
            now,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            fan(intended));
    return Optional.of(
        task.with(TaskStatus.SUBMITTED, now).with(attempt).with(done(task, intended)));
  }

  private static @Nullable FanOut fan(Event.Intended intended) {
    return intended.partitions() == null ? null : FanOut.of(intended.of(), intended.partitions());
  }

  /** What has succeeded before counts as long as the others alone run. */
  private static @Nullable DonePartitions done(Task task, Event.Intended intended) {
    if (intended.partitions() == null) {
      return null;
    }
    boolean others =
        task.done() != null
            && task.done().of() == intended.of()
            && task.done().left().equals(intended.partitions());
    return others ? task.done() : DonePartitions.none(intended.of());
  }

  private static Optional<Task> unresolvable(
      Run run, Task task, Event.Unresolvable event, Instant now) {
    if (run.status() != RunStatus.RUNNING || task.status() != TaskStatus.READY) {
      return Optional.empty();
    }
    var failure = new Failure(FailureClass.CONFIGURATION, event.message());
    return Optional.of(task.spending(failure).with(TaskStatus.FAILED, now));
  }

  private static Optional<Task> retryDue(Task task, Instant now) {
    boolean due =
        task.status() == TaskStatus.RETRYING
            && task.retryAt() != null
            && !now.isBefore(task.retryAt());
    return due ? Optional.of(task.with(TaskStatus.READY, now)) : Optional.empty();
  }

  /** The job that a claim names, known from now on even if its submission was never answered. */
  static Attempt claimed(Attempt attempt, Event.Claimed claimed, Instant now) {
    Job job =
        attempt.job(claimed.jobId()).orElseGet(() -> Job.pending(claimed.jobId(), now)).started();
    return attempt
        .with(
            new Hold(
                claimed.claimant(),
                claimed.jobId(),
                claimed.claimedAt(),
                claimed.claimedAt(),
                null))
        .with(Asked.ANSWERED, attempt.askedAt())
        .with(job)
        .with(AttemptStatus.CLAIMED);
  }

  /** The claimant's job has done what it was for: it only exits now. */
  static Attempt finished(Attempt attempt, Outcome outcome, Instant now) {
    AttemptStatus end = outcome.succeeded() ? AttemptStatus.SUCCEEDED : AttemptStatus.FAILED;
    Attempt ended = attempt.ended(end, now, outcome.failure());
    Hold hold = attempt.hold();
    if (hold == null) {
      return ended;
    }
    Job.Status status = outcome.succeeded() ? Job.Status.SUCCEEDED : Job.Status.FAILED;
    return attempt
        .job(hold.jobId())
        .filter(Job::live)
        .map(job -> ended.with(job.ended(status, now, job.exitCode(), job.reason())))
        .orElse(ended);
  }
}
