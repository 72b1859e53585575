package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt.Asked;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of what an attempt at a split task submits: one chunk after another, each with an
 * answer of its own. Empty: the fact changes nothing.
 */
final class ChunkRules {

  private final AttemptRules rules;

  ChunkRules(AttemptRules rules) {
    this.rules = rules;
  }

  static Optional<Task> intended(
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

  Optional<Task> answered(
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
                PartitionRules.lose(
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

  static boolean hasJob(Attempt attempt, Chunk chunk) {
    return attempt.jobs().stream().anyMatch(job -> job.chunk() == chunk.first());
  }

  /** Ends what is closed, once none of its jobs lives. */
  Task confirmed(Run run, Task task, Attempt attempt, Instant now) {
    return hasJobs(attempt) ? task.with(attempt) : rules.confirm(run, task, attempt, now);
  }

  /** Whether any lives, or may. */
  private static boolean hasJobs(Attempt attempt) {
    FanOut fan = attempt.fan();
    return attempt.hasLiveJobs() || (fan != null && fan.hasUnanswered());
  }
}
