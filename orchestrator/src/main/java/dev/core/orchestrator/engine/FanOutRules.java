package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.PartitionStates.Status;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one attempt at a task that is split: its chunks are submitted one after another, its
 * partitions are claimed, finished and lost each for itself, and it ends when all of them have.
 * Empty: the fact changes nothing.
 */
final class FanOutRules {

  private final AttemptRules rules;

  FanOutRules(AttemptRules rules) {
    this.rules = rules;
  }

  Optional<Task> apply(
      Run run, Task task, Attempt attempt, FanOut fan, Event.OfAttempt event, Instant now) {
    return switch (event) {
      case Event.Intended _, Event.Claimed _, Event.Renewed _, Event.LeaseOver _, Event.Overdue _ ->
          Optional.empty();
      case Event.ChunkIntended chunk -> intended(run, task, attempt, fan, chunk, now);
      case Event.OfSubmission answer ->
          fan.chunk(answer.chunk())
              .flatMap(chunk -> answered(run, task, attempt, fan, chunk, answer, now));
      case Event.PartitionsClaimed claimed -> claimed(task, attempt, fan, claimed, now);
      case Event.PartitionsRenewed renewed -> renewed(task, attempt, fan, renewed);
      case Event.PartitionsFinished finished -> finished(task, attempt, fan, finished);
      case Event.PartitionsLost lost -> lost(task, attempt, lost);
      case Event.Finished finished -> ended(run, task, attempt, fan, finished.outcome(), now);
      case Event.JobSeen seen -> jobSeen(run, task, attempt, seen, now);
      case Event.TerminationAsked asked -> AttemptRules.terminationAsked(task, attempt, asked, now);
    };
  }

  private static Optional<Task> intended(
      Run run, Task task, Attempt attempt, FanOut fan, Event.ChunkIntended event, Instant now) {
    if (run.status() != RunStatus.RUNNING
        || !attempt.status().open()
        || event.first() != fan.next()
        || event.size() < 1
        || event.size() > fan.left()) {
      return Optional.empty();
    }
    return Optional.of(
        task.with(
            attempt.with(
                fan.plus(Chunk.intended(event.first(), event.size(), event.jobName(), now)))));
  }

  private Optional<Task> answered(
      Run run,
      Task task,
      Attempt attempt,
      FanOut fan,
      Chunk chunk,
      Event.OfSubmission answer,
      Instant now) {
    return switch (answer) {
      case Event.Accepted accepted -> accepted(task, attempt, fan, chunk, accepted.jobId(), now);
      case Event.Refused refused -> refused(run, task, attempt, fan, chunk, refused, now);
      case Event.Unanswered _ ->
          chunk.asked() == Asked.NOT_YET
              ? Optional.of(task.with(asked(attempt, fan, chunk, Asked.NO_ANSWER, chunk.askedAt())))
              : Optional.empty();
      case Event.NotFound notFound -> notFound(run, task, attempt, fan, chunk, notFound, now);
    };
  }

  private static Attempt asked(
      Attempt attempt, FanOut fan, Chunk chunk, Asked asked, Instant askedAt) {
    return attempt.with(fan.with(chunk.first(), each -> each.with(asked, askedAt)));
  }

  private static Attempt answered(Attempt attempt, FanOut fan, Chunk chunk) {
    return asked(attempt, fan, chunk, Asked.ANSWERED, chunk.askedAt());
  }

  private static Optional<Task> accepted(
      Task task, Attempt attempt, FanOut fan, Chunk chunk, String jobId, Instant now) {
    if (attempt.job(jobId).isPresent() && chunk.asked() == Asked.ANSWERED) {
      return Optional.empty();
    }
    Job job = attempt.job(jobId).orElseGet(() -> Job.pending(jobId, now, chunk.first()));
    Attempt next = answered(attempt, fan, chunk).with(job);
    return Optional.of(
        task.with(
            attempt.status() == AttemptStatus.INTENDED
                ? next.with(AttemptStatus.SUBMITTED)
                : next));
  }

  private Optional<Task> refused(
      Run run,
      Task task,
      Attempt attempt,
      FanOut fan,
      Chunk chunk,
      Event.Refused refused,
      Instant now) {
    if (hasJob(attempt, chunk) || chunk.asked() == Asked.ANSWERED) {
      return Optional.empty();
    }
    Attempt answered = answered(attempt, fan, chunk);
    var failure = new Failure(refused.failureClass(), refused.message());
    if (attempt.status() == AttemptStatus.CLOSED) {
      return Optional.of(confirmed(run, task, answered, now));
    }
    if (!attempt.status().open()) {
      return Optional.empty();
    }
    return Optional.of(
        fan.chunks().size() == 1
            ? rules.failed(run, task, answered, failure, now)
            : task.with(
                lose(
                    answered,
                    new Loss(Partitions.range(chunk.first(), chunk.size()), failure, null))));
  }

  private Optional<Task> notFound(
      Run run,
      Task task,
      Attempt attempt,
      FanOut fan,
      Chunk chunk,
      Event.NotFound event,
      Instant now) {
    if (chunk.asked() == Asked.ANSWERED
        || hasJob(attempt, chunk)
        || !chunk.askedAt().equals(event.askedAt())) {
      return Optional.empty();
    }
    if (attempt.status().open()) {
      return chunk.asked() == Asked.NOT_YET && chunk.askedAt().equals(now)
          ? Optional.empty()
          : Optional.of(task.with(asked(attempt, fan, chunk, Asked.NOT_YET, now)));
    }
    return attempt.status() == AttemptStatus.CLOSED
        ? Optional.of(confirmed(run, task, answered(attempt, fan, chunk), now))
        : Optional.empty();
  }

  private static boolean hasJob(Attempt attempt, Chunk chunk) {
    return attempt.jobs().stream().anyMatch(job -> job.chunk() == chunk.first());
  }

  private static Optional<Task> claimed(
      Task task, Attempt attempt, FanOut fan, Event.PartitionsClaimed event, Instant now) {
    if (!attempt.status().open()) {
      return Optional.empty();
    }
    var states = fan.states().edit();
    Map<String, Integer> places = new HashMap<>();
    Attempt next = attempt;
    Instant first = null;
    for (var claim : event.claims()) {
      Chunk chunk = fan.chunkOf(claim.index()).orElse(null);
      if (chunk == null || states.status(claim.index()) != Status.WAITING) {
        continue;
      }
      String jobId = Job.arrayOf(claim.jobId());
      Integer place = places.get(jobId);
      if (place == null) {
        // Known from now on even if its submission was never answered.
        Job job = next.job(jobId).orElseGet(() -> Job.pending(jobId, now, chunk.first()));
        next = next.with(job.started());
        place = place(next, jobId);
        places.put(jobId, place);
      }
      states.claimed(claim.index(), place, claim.claimedAt(), claim.claimedAt());
      first = first == null || claim.claimedAt().isBefore(first) ? claim.claimedAt() : first;
    }
    if (first == null) {
      return Optional.empty();
    }
    FanOut after = fan.with(states.done(), first);
    for (Chunk chunk : fan.chunks()) {
      if (chunk.asked() != Asked.ANSWERED && hasJob(next, chunk)) {
        after = after.with(chunk.first(), each -> each.with(Asked.ANSWERED, each.askedAt()));
      }
    }
    Attempt held = next.with(after).with(AttemptStatus.CLAIMED);
    return Optional.of(
        (task.status() == TaskStatus.SUBMITTED ? task.running(first, now) : task).with(held));
  }

  private static int place(Attempt attempt, String jobId) {
    for (int place = 0; place < attempt.jobs().size(); place++) {
      if (attempt.jobs().get(place).jobId().equals(jobId)) {
        return place;
      }
    }
    throw new IllegalStateException("job " + jobId + " is none of the attempt's");
  }

  private static Optional<Task> renewed(
      Task task, Attempt attempt, FanOut fan, Event.PartitionsRenewed event) {
    if (attempt.status() != AttemptStatus.CLAIMED) {
      return Optional.empty();
    }
    var states = fan.states().edit();
    for (var renewal : event.renewals()) {
      int index = renewal.index();
      if (index < fan.size()
          && states.status(index) == Status.CLAIMED
          && renewal.renewedAt().isAfter(fan.states().renewedAt(index))) {
        states.renewed(index, renewal.renewedAt());
      }
    }
    return states.changed()
        ? Optional.of(task.with(attempt.with(fan.with(states.done()))))
        : Optional.empty();
  }

  private static Optional<Task> finished(
      Task task, Attempt attempt, FanOut fan, Event.PartitionsFinished event) {
    if (attempt.status() != AttemptStatus.CLAIMED) {
      return Optional.empty();
    }
    var states = fan.states().edit();
    event.succeeded().forEach(index -> end(states, fan, index, Status.SUCCEEDED, null));
    event
        .failed()
        .forEach((why, indexes) ->
            indexes.forEach(index -> end(states, fan, index, Status.FAILED, why)));
    return states.changed()
        ? Optional.of(task.with(attempt.with(fan.with(states.done()))))
        : Optional.empty();
  }

  private static void end(
      PartitionStates.Edit states,
      FanOut fan,
      int index,
      Status end,
      @Nullable FailureClass failure) {
    if (index < fan.size() && states.status(index) == Status.CLAIMED) {
      states.ended(index, end, failure);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same object means: nothing changed
  private static Optional<Task> lost(Task task, Attempt attempt, Event.PartitionsLost event) {
    if (!attempt.status().open()) {
      return Optional.empty();
    }
    Attempt next = attempt;
    for (Loss loss : event.losses()) {
      next = lose(next, evident(next, loss));
    }
    return next == attempt ? Optional.empty() : Optional.of(task.with(next));
  }

  /** Silence says nothing of what nobody has claimed, and a job nothing that is none of these. */
  private static Loss evident(Attempt attempt, Loss loss) {
    FanOut fan = attempt.fan();
    boolean known = loss.jobId() == null || attempt.job(Job.arrayOf(loss.jobId())).isPresent();
    if (fan == null || !known) {
      return new Loss(Partitions.NONE, loss.failure(), loss.jobId());
    }
    return loss.jobId() != null
        ? loss
        : new Loss(
            fan.states()
                .where(index ->
                    loss.indexes().indexOf(index) >= 0
                        && fan.states().status(index) == Status.CLAIMED),
            loss.failure(),
            null);
  }

  /** Those of the partitions that it is evidence about are lost. */
  static Attempt lose(Attempt attempt, Loss loss) {
    FanOut fan = attempt.fan();
    if (fan == null) {
      return attempt;
    }
    var states = fan.states().edit();
    String jobId = loss.jobId() == null ? null : Job.arrayOf(loss.jobId());
    var lost = new BitSet();
    loss.indexes()
        .forEach(index -> {
          if (index < fan.next() && concerns(attempt, fan, index, jobId)) {
            lost.set(index);
            states.ended(index, Status.LOST, loss.failure().failureClass());
          }
        });
    return lost.isEmpty()
        ? attempt
        : attempt.with(
            fan.with(states.done(), new Loss(Partitions.of(lost), loss.failure(), loss.jobId())));
  }

  /** Only the claimant's job is evidence; before a claim, the last job that could have claimed. */
  private static boolean concerns(Attempt attempt, FanOut fan, int index, @Nullable String jobId) {
    return switch (fan.states().status(index)) {
      case SUCCEEDED, FAILED, LOST -> false;
      case CLAIMED ->
          jobId == null || attempt.jobs().get(fan.states().job(index)).jobId().equals(jobId);
      case WAITING -> {
        Chunk chunk = fan.chunkOf(index).orElseThrow();
        yield attempt.jobs().stream()
            .noneMatch(
                job -> job.live() && job.chunk() == chunk.first() && !job.jobId().equals(jobId));
      }
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
    int place = place(attempt, job.jobId());
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
            ? confirmed(run, task, next, now)
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
          lose(
              next,
              new Loss(indexes, AttemptRules.lost(status == Status.CLAIMED, seen), seen.jobId()));
    }
    return next;
  }

  private Task confirmed(Run run, Task task, Attempt attempt, Instant now) {
    return hasJobs(attempt) ? task.with(attempt) : rules.confirm(run, task, attempt, now);
  }

  /** Whether any lives, or may. */
  static boolean hasJobs(Attempt attempt) {
    FanOut fan = attempt.fan();
    return attempt.hasLiveJobs() || (fan != null && fan.hasUnanswered());
  }
}
