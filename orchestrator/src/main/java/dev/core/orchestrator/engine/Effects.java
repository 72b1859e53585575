package dev.core.orchestrator.engine;

import dev.core.orchestrator.engine.Attempt.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Derives what is to be done outside from what the record says. Pure. */
public final class Effects {

  /** A job that does not end is asked again to after this long. */
  static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(30);

  private Effects() {}

  /** Of all tasks of a run; looks at those with attempts. */
  public static List<Effect> outstanding(Run run, Instant now) {
    var effects = new ArrayList<Effect>();
    run.tasks().forEachAttempted(task -> outstanding(task, now, effects));
    return effects;
  }

  /** Of one task. */
  public static List<Effect> outstanding(Task task, Instant now) {
    var effects = new ArrayList<Effect>();
    outstanding(task, now, effects);
    return effects;
  }

  private static void outstanding(Task task, Instant now, List<Effect> effects) {
    for (Attempt attempt : task.live()) {
      FanOut fan = attempt.fan();
      if (fan != null) {
        ofChunks(task, attempt, fan, now, effects);
        continue;
      }
      switch (attempt.status()) {
        case INTENDED -> {
          if (attempt.jobs().isEmpty()) {
            effects.add(
                attempt.asked() == Asked.NOT_YET
                    ? new Effect.Submit(task.index(), attempt)
                    : new Effect.LookUp(task.index(), attempt));
          }
        }
        case SUBMITTED -> {}
        case CLAIMED -> terminateDuplicates(task, attempt, now, effects);
        case CLOSED -> {
          if (attempt.jobs().isEmpty() && attempt.asked() != Asked.ANSWERED) {
            effects.add(new Effect.LookUp(task.index(), attempt));
          }
          terminate(task, attempt, attempt.jobs(), now, effects);
        }
        case SUCCEEDED, FAILED, CANCELLED -> terminate(task, attempt, attempt.jobs(), now, effects);
      }
    }
  }

  private static void ofChunks(
      Task task, Attempt attempt, FanOut fan, Instant now, List<Effect> effects) {
    for (Chunk chunk : fan.chunks()) {
      boolean hasJob = attempt.jobs().stream().anyMatch(job -> job.chunk() == chunk.first());
      if (hasJob || chunk.asked() == Asked.ANSWERED) {
        continue;
      }
      // One that the backend refused: a leader that was not there does not know that it answered.
      if (attempt.status().open() && fan.over(chunk)) {
        continue;
      }
      if (attempt.status().open() && chunk.asked() == Asked.NOT_YET) {
        effects.add(new Effect.Submit(task.index(), attempt, chunk));
      } else if (!attempt.status().ended()) {
        effects.add(new Effect.LookUp(task.index(), attempt, chunk));
      }
    }
    terminate(
        task,
        attempt,
        attempt.status().open() ? duplicates(attempt, fan) : attempt.jobs(),
        now,
        effects);
  }

  /** Arrays that have not started, while another of the same chunk has. */
  private static List<Job> duplicates(Attempt attempt, FanOut fan) {
    return attempt.jobs().size() <= fan.chunks().size()
        ? List.of()
        : attempt.jobs().stream()
            .filter(job -> job.status() == Job.Status.PENDING)
            .filter(job ->
                attempt.jobs().stream()
                    .anyMatch(other ->
                        other.chunk() == job.chunk() && other.status() == Job.Status.RUNNING))
            .toList();
  }

  /** Duplicates that have not started: the running ones find the claim taken and leave. */
  private static void terminateDuplicates(
      Task task, Attempt attempt, Instant now, List<Effect> effects) {
    var hold = attempt.hold();
    if (hold != null && attempt.jobs().size() > 1) {
      terminate(
          task,
          attempt,
          attempt.jobs().stream()
              .filter(job -> job.status() == Job.Status.PENDING)
              .filter(job -> !job.jobId().equals(hold.jobId()))
              .toList(),
          now,
          effects);
    }
  }

  private static void terminate(
      Task task, Attempt attempt, List<Job> jobs, Instant now, List<Effect> effects) {
    List<String> due =
        jobs.stream()
            .filter(Job::live)
            .filter(job ->
                job.terminateAskedAt() == null
                    || !now.isBefore(job.terminateAskedAt().plus(ASK_AGAIN_AFTER)))
            .map(Job::jobId)
            .toList();
    if (!due.isEmpty()) {
      String reason =
          attempt.closeReason() != null
              ? attempt.closeReason()
              : "the attempt has ended without this job";
      effects.add(new Effect.Terminate(task.index(), attempt.number(), due, reason));
    }
  }
}
