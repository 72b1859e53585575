package dev.core.orchestrator.engine;

import dev.core.orchestrator.engine.PartitionStates.Status;
import dev.core.orchestrator.engine.Why.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How far a task is that is split, and what the rest of it waits for. */
final class FanOutWhy {

  private FanOutWhy() {}

  static Why of(Task task, Attempt attempt, FanOut fan, Surroundings surroundings) {
    PartitionStates states = fan.states();
    int running = states.count(Status.CLAIMED);
    int failed = states.count(Status.FAILED) + states.count(Status.LOST);
    int waiting = fan.inFlight() - running;
    var parts = new ArrayList<String>();
    parts.add(
        "%,d of %,d partitions are done"
            .formatted(fan.of() - fan.size() + states.count(Status.SUCCEEDED), fan.of()));
    add(parts, failed, "%,d failed");
    add(parts, running, "%,d run");
    add(parts, waiting, "%,d wait at the backend");
    add(parts, fan.left(), "%,d wait for slots");
    List<String> jobs =
        attempt.jobs().stream()
            .filter(Job::live)
            .map(job -> {
              String said = surroundings.standing().getOrDefault(job.jobId(), job.reason());
              return job.jobId() + (said == null ? "" : " (" + said + ")");
            })
            .toList();
    String text = String.join(", ", parts) + (jobs.isEmpty() ? "" : "; " + Why.shortList(jobs));
    Instant silent = states.lastRenewal(task.since()).plus(surroundings.silentAfter());
    if (running > 0 && surroundings.now().isAfter(silent)) {
      return new Why(
          Cause.WORKER_SILENT,
          text + "; none of the workers has given a sign of life",
          "they do; or their partitions are taken for lost, and tried again when the others ended",
          states.lastRenewal(task.since()));
    }
    return running > 0 || states.ended() > 0
        ? new Why(
            Cause.RUNNING,
            text,
            "they end, or `core cancel` ends them",
            fan.claimedAt() == null ? task.since() : fan.claimedAt())
        : new Why(
            Cause.AT_BACKEND,
            text,
            "the backend starts the jobs: it has capacity, and workers come up",
            task.since());
  }

  private static void add(List<String> parts, int count, String words) {
    if (count > 0) {
      parts.add(words.formatted(count));
    }
  }
}
