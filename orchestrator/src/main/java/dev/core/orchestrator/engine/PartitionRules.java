package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
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
 * The rules of single partitions, each of which is claimed, renewed, finished and lost for itself.
 * Empty: the fact changes nothing.
 */
final class PartitionRules {

  private PartitionRules() {}

  static Optional<Task> claimed(
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
      if (chunk.asked() != Asked.ANSWERED && ChunkRules.hasJob(next, chunk)) {
        after = after.with(chunk.first(), each -> each.with(Asked.ANSWERED, each.askedAt()));
      }
    }
    Attempt held = next.with(after).with(AttemptStatus.CLAIMED);
    return Optional.of(
        (task.status() == TaskStatus.SUBMITTED ? task.running(first, now) : task).with(held));
  }

  static int place(Attempt attempt, String jobId) {
    for (int place = 0; place < attempt.jobs().size(); place++) {
      if (attempt.jobs().get(place).jobId().equals(jobId)) {
        return place;
      }
    }
    throw new IllegalStateException("job " + jobId + " is none of the attempt's");
  }

  static Optional<Task> renewed(
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

  static Optional<Task> finished(
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
  static Optional<Task> lost(Task task, Attempt attempt, Event.PartitionsLost event) {
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
}
