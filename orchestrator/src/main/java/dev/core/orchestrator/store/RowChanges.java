package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Chunk;
import dev.core.orchestrator.engine.DonePartitions;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Loss;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows in which the versions of an entry's runs differ. What is shared between two versions is
 * the same object, so finding the difference does not look at what did not change.
 */
final class RowChanges {

  record TaskRow(long runId, Task task) {}

  record AttemptRow(long runId, int task, Attempt attempt) {}

  record JobRow(long attemptId, Job job) {}

  record FanOutRow(Attempt attempt, FanOut fan) {}

  record ChunkRow(long attemptId, Chunk chunk) {}

  /** Partitions of an attempt whose claims are closed. */
  record LossRow(Attempt attempt, PartitionStates states, Loss loss) {}

  /**
   * @param done null: it is not split any more
   */
  record PartitionedTaskRow(long runId, int task, @Nullable DonePartitions done) {}

  final List<Run> newRuns = new ArrayList<>();
  final List<Run> changedRuns = new ArrayList<>();
  final List<TaskRow> changedTasks = new ArrayList<>();
  final List<AttemptRow> newAttempts = new ArrayList<>();
  final List<AttemptRow> changedAttempts = new ArrayList<>();
  final List<JobRow> newJobs = new ArrayList<>();
  final List<JobRow> changedJobs = new ArrayList<>();

  /** Attempts whose claims are closed, with the hold that the leader knew when it decided so. */
  final List<Attempt> closed = new ArrayList<>();

  final List<FanOutRow> newFanOuts = new ArrayList<>();
  final List<FanOutRow> changedFanOuts = new ArrayList<>();
  final List<ChunkRow> newChunks = new ArrayList<>();
  final List<ChunkRow> changedChunks = new ArrayList<>();
  final List<LossRow> losses = new ArrayList<>();
  final List<PartitionedTaskRow> partitionedTasks = new ArrayList<>();

  static RowChanges of(List<JournalEntry.Change> changes) {
    var rows = new RowChanges();
    changes.forEach(rows::add);
    return rows;
  }

  private void add(JournalEntry.Change change) {
    Run before = change.before();
    Run after = change.after();
    if (before == null) {
      newRuns.add(after);
      // The rows of its tasks are made as they are now; only attempts need a look.
      after.tasks().forEach(task -> addAttempts(after.id(), null, task));
      return;
    }
    if (before.status() != after.status()
        || !Objects.equals(before.startedAt(), after.startedAt())
        || !Objects.equals(before.endedAt(), after.endedAt())) {
      changedRuns.add(after);
    }
    Tasks.differences(
        before.tasks(),
        after.tasks(),
        (old, task) -> {
          if (differs(old, task)) {
            changedTasks.add(new TaskRow(after.id(), task));
          }
          if (!Objects.equals(old.done(), task.done())) {
            partitionedTasks.add(new PartitionedTaskRow(after.id(), task.index(), task.done()));
          }
          addAttempts(after.id(), old, task);
        });
  }

  /** Whether a stored column differs. */
  private static boolean differs(Task old, Task task) {
    return old.status() != task.status()
        || old.attempts() != task.attempts()
        || old.userFailures() != task.userFailures()
        || old.infrastructureFailures() != task.infrastructureFailures()
        || old.followUp() != task.followUp()
        || !old.since().equals(task.since())
        || !Objects.equals(old.retryAt(), task.retryAt())
        || !Objects.equals(old.failure(), task.failure())
        || !Objects.equals(old.result(), task.result())
        || !Objects.equals(old.origin(), task.origin())
        || !Objects.equals(old.startedAt(), task.startedAt())
        || !Objects.equals(old.endedAt(), task.endedAt());
  }

  private void addAttempts(long runId, @Nullable Task old, Task task) {
    for (Attempt attempt : task.live()) {
      Optional<Attempt> known = old == null ? Optional.empty() : find(old.live(), attempt.number());
      if (known.isEmpty()) {
        newAttempts.add(new AttemptRow(runId, task.index(), attempt));
        attempt.jobs().forEach(job -> newJobs.add(new JobRow(attempt.id(), job)));
        FanOut fan = attempt.fan();
        if (fan != null) {
          newFanOuts.add(new FanOutRow(attempt, fan));
          fan.chunks().forEach(chunk -> newChunks.add(new ChunkRow(attempt.id(), chunk)));
        }
      } else {
        compare(runId, task.index(), known.get(), attempt);
      }
    }
  }

  private void compare(long runId, int task, Attempt old, Attempt attempt) {
    if (old.status() != attempt.status() || !old.askedAt().equals(attempt.askedAt())) {
      changedAttempts.add(new AttemptRow(runId, task, attempt));
    }
    if (old.closedAt() == null && attempt.closedAt() != null) {
      closed.add(attempt);
    }
    compare(old.fan(), attempt);
    for (Job job : attempt.jobs()) {
      Optional<Job> known =
          old.jobs().stream().filter(each -> each.jobId().equals(job.jobId())).findFirst();
      if (known.isEmpty()) {
        newJobs.add(new JobRow(attempt.id(), job));
      } else if (!known.get().equals(job)) {
        changedJobs.add(new JobRow(attempt.id(), job));
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // what did not change is the same object
  private void compare(@Nullable FanOut old, Attempt attempt) {
    FanOut fan = attempt.fan();
    if (fan == null || old == null || fan == old) {
      return;
    }
    if (!fan.states().sameCounts(old.states())
        || !Objects.equals(old.claimedAt(), fan.claimedAt())) {
      changedFanOuts.add(new FanOutRow(attempt, fan));
    }
    for (int i = 0; i < fan.chunks().size(); i++) {
      Chunk chunk = fan.chunks().get(i);
      if (i >= old.chunks().size()) {
        newChunks.add(new ChunkRow(attempt.id(), chunk));
      } else if (!old.chunks().get(i).askedAt().equals(chunk.askedAt())
          || old.chunks().get(i).answered() != chunk.answered()) {
        changedChunks.add(new ChunkRow(attempt.id(), chunk));
      }
    }
    for (Loss loss : fan.losses().subList(old.losses().size(), fan.losses().size())) {
      losses.add(new LossRow(attempt, fan.states(), loss));
    }
  }

  private static Optional<Attempt> find(List<Attempt> attempts, int number) {
    return attempts.stream().filter(attempt -> attempt.number() == number).findFirst();
  }
}
