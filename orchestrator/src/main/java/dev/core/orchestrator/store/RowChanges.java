package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Job;
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

  final List<Run> newRuns = new ArrayList<>();
  final List<Run> changedRuns = new ArrayList<>();
  final List<TaskRow> changedTasks = new ArrayList<>();
  final List<AttemptRow> newAttempts = new ArrayList<>();
  final List<AttemptRow> changedAttempts = new ArrayList<>();
  final List<JobRow> newJobs = new ArrayList<>();
  final List<JobRow> changedJobs = new ArrayList<>();

  /** Attempts whose claims are closed, with the hold that the leader knew when it decided so. */
  final List<Attempt> closed = new ArrayList<>();

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

  private static Optional<Attempt> find(List<Attempt> attempts, int number) {
    return attempts.stream().filter(attempt -> attempt.number() == number).findFirst();
  }
}
