package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.PartitionStates.Status;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of one attempt at a task that is split: its chunks are submitted one after another, its
 * partitions are claimed, finished and lost each for itself, and it ends when all of them have.
 * Empty: the fact changes nothing.
 */
final class FanOutRules {

  private final AttemptRules rules;
  private final ChunkRules ofChunks;

  FanOutRules(AttemptRules rules) {
    this.rules = rules;
    this.ofChunks = new ChunkRules(rules);
  }

  Optional<Task> apply(
      Run run, Task task, Attempt attempt, FanOut fan, Event.OfAttempt event, Instant now) {
    return switch (event) {
      case Event.Intended _, Event.Claimed _, Event.Renewed _, Event.LeaseOver _, Event.Overdue _ ->
          Optional.empty();
      case Event.ChunkIntended chunk -> ChunkRules.intended(run, task, attempt, fan, chunk, now);
      case Event.OfSubmission answer ->
          fan.chunk(answer.chunk())
              .flatMap(chunk -> ofChunks.answered(run, task, attempt, fan, chunk, answer, now));
      case Event.PartitionsClaimed claimed ->
          PartitionRules.claimed(task, attempt, fan, claimed, now);
      case Event.PartitionsRenewed renewed -> PartitionRules.renewed(task, attempt, fan, renewed);
      case Event.PartitionsFinished finished ->
          PartitionRules.finished(task, attempt, fan, finished);
      case Event.PartitionsLost lost -> PartitionRules.lost(task, attempt, lost);
      case Event.Finished finished -> ended(run, task, attempt, fan, finished.outcome(), now);
      case Event.JobSeen seen -> jobSeen(run, task, attempt, seen, now);
      case Event.TerminationAsked asked -> AttemptRules.terminationAsked(task, attempt, asked, now);
    };
  }

  /** Every partition has ended, and this is what has become of all of them together. */
  private Optional<Task> ended(
      Run run, Task task, Attempt attempt, FanOut fan, Outcome outcome, Instant now) {
    if (!attempt.status().open() || !fan.complete()) {
      return Optional.empty();
    }
    AttemptStatus end = outcome.succeeded() ? AttemptStatus.SUCCEEDED : AttemptStatus.FAILED;
    Attempt ended = attempt.ended(end, now, outcome.failure());
    for (Job job : attempt.jobs()) {
      if (job.live() && hasSaid(attempt, fan, job)) {
        // Its workers have done what they were for: they only exit now.
        Job.Status status =
            outcome.succeeded() || !anyFailed(fan, job) ? Job.Status.SUCCEEDED : Job.Status.FAILED;
        ended = ended.with(job.ended(status, now, job.exitCode(), job.reason()));
      }
    }
    Task kept = task.with(ended).keeping(ended);
    Failure failure = outcome.failure();
    return Optional.of(
        failure == null
            ? kept.with(TaskStatus.SUCCEEDED, now).returning(outcome.result())
            : rules.afterFailure(run, kept, failure, now));
  }

  /** All its workers have written their outcomes; a twin's have not, and it is to be ended. */
  private static boolean hasSaid(Attempt attempt, FanOut fan, Job job) {
    Chunk chunk = fan.chunk(job.chunk()).orElse(null);
    if (chunk == null) {
      return false;
    }
    int place = PartitionRules.place(attempt, job.jobId());
    for (int index = chunk.first(); index < chunk.end(); index++) {
      if (fan.states().status(index) == Status.LOST || fan.states().job(index) != place) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyFailed(FanOut fan, Job job) {
    Chunk chunk = fan.chunk(job.chunk()).orElseThrow();
    for (int index = chunk.first(); index < chunk.end(); index++) {
      if (fan.states().status(index) == Status.FAILED) {
        return true;
      }
    }
    return false;
  }

  private Optional<Task> jobSeen(
      Run run, Task task, Attempt attempt, Event.JobSeen seen, Instant now) {
    Job known = attempt.job(seen.jobId()).orElse(null);
    if (known == null || !known.live()) {
      return Optional.empty();
    }
    if (!seen.status().ended()) {
      return AttemptRules.stillLive(task, attempt, known, seen);
    }
    Attempt next = attempt.with(known.ended(seen.status(), now, seen.exitCode(), seen.reason()));
    if (attempt.status().open()) {
      return Optional.of(task.with(withoutJob(next, known, seen)));
    }
    return Optional.of(
        attempt.status() == AttemptStatus.CLOSED
            ? ofChunks.confirmed(run, task, next, now)
            : task.with(next));
  }

  /** What of its chunk has no outcome will have none. */
  private static Attempt withoutJob(Attempt attempt, Job job, Event.JobSeen seen) {
    FanOut fan = attempt.fan();
    Chunk chunk = fan == null ? null : fan.chunk(job.chunk()).orElse(null);
    if (fan == null || chunk == null) {
      return attempt;
    }
    Attempt next = attempt;
    for (Status status : new Status[] {Status.CLAIMED, Status.WAITING}) {
      Partitions indexes =
          fan.states().where(index -> chunk.has(index) && fan.states().status(index) == status);
      next =
          PartitionRules.lose(
              next,
              new Loss(indexes, AttemptRules.lost(status == Status.CLAIMED, seen), seen.jobId()));
    }
    return next;
  }
}
