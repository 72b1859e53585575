package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.dag.Dag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What holds of every version of a run, and between a version and the next. */
final class RunInvariants {

  /** What a task is only when all before it has passed. */
  private static final Set<TaskStatus> BEGUN =
      EnumSet.of(TaskStatus.READY, TaskStatus.SUBMITTED, TaskStatus.RUNNING, TaskStatus.RETRYING);

  private RunInvariants() {}

  static void check(Run before, Event event, Run after, RetryPolicy policy, String where) {
    derivedPartsAreTrue(after, where);
    nothingBeginsBeforeItsWave(after, where);
    for (int index = 0; index < after.tasks().size(); index++) {
      Task old = before.tasks().get(index);
      Task task = after.tasks().get(index);
      attemptsFitTheStatus(after, task, where);
      budgetsAreKept(after, task, policy, where);
      if (old.status().terminal() && !(event instanceof Event.OfTasks)) {
        assertThat(task.status()).as("%s: task %d stays", where, index).isEqualTo(old.status());
      }
      if (!(event instanceof Event.OfTasks)) {
        assertThat(task.userFailures() - old.userFailures())
            .as("%s: task %d fails at most once", where, index)
            .isBetween(0, 1);
        assertThat(task.infrastructureFailures() - old.infrastructureFailures()).isBetween(0, 1);
      }
    }
    if (before.status().terminal() && !(event instanceof Event.OfTasks)) {
      assertThat(after.status()).as("%s: the run stays", where).isEqualTo(before.status());
    }
    if (after.status() == RunStatus.CANCELLED && before.status() != RunStatus.CANCELLED) {
      after
          .tasks()
          .forEach(task ->
              assertThat(task.live())
                  .as("%s: cancelled with a job of task %d", where, task.index())
                  .noneMatch(Attempt::hasLiveJobs));
    }
    if (after.status().terminal()) {
      assertThat(after.unfinished()).as("%s: ended with all its tasks", where).isZero();
      assertThat(after.endedAt()).as(where).isNotNull();
    } else {
      assertThat(after.endedAt()).as(where).isNull();
    }
  }

  private static void derivedPartsAreTrue(Run run, String where) {
    Run computed =
        Run.of(run.header(), run.plan(), run.status(), run.startedAt(), run.endedAt(), run.tasks());
    assertThat(run.frontier()).as("%s: frontier", where).isEqualTo(computed.frontier());
    for (TaskStatus status : TaskStatus.values()) {
      assertThat(run.count(status))
          .as("%s: count of %s", where, status)
          .isEqualTo(computed.count(status));
    }
  }

  private static void nothingBeginsBeforeItsWave(Run run, String where) {
    boolean passed = true;
    boolean begun = false;
    for (Dag.Wave wave : run.plan().dag().waves()) {
      boolean wavePassed = true;
      for (int index = wave.spacer(); index < wave.end(); index++) {
        Task task = run.tasks().get(index);
        if (!passed) {
          assertThat(BEGUN)
              .as("%s: task %d before its wave", where, index)
              .doesNotContain(task.status());
          assertThat(task.open()).as(where).isEmpty();
        }
        if (begun && wave.number() > run.frontier()) {
          assertThat(task.status().live())
              .as("%s: task %d beside an earlier wave", where, index)
              .isFalse();
        }
        wavePassed &= task.status().passes();
      }
      begun |=
          IntStream.range(wave.spacer(), wave.end())
              .anyMatch(index -> BEGUN.contains(run.tasks().get(index).status()));
      passed &= wavePassed;
    }
  }

  private static void attemptsFitTheStatus(Run run, Task task, String where) {
    List<AttemptStatus> unended =
        task.live().stream().map(Attempt::status).filter(status -> !status.ended()).toList();
    String as = where + ": attempts of task " + task.index() + " in status " + task.status();
    switch (task.status()) {
      case SUBMITTED ->
          assertThat(unended)
              .as(as)
              .hasSize(1)
              .isSubsetOf(AttemptStatus.INTENDED, AttemptStatus.SUBMITTED);
      case RUNNING -> assertThat(unended).as(as).containsExactly(AttemptStatus.CLAIMED);
      case CANCELLING -> {
        assertThat(unended).as(as).containsExactly(AttemptStatus.CLOSED);
        assertThat(task.followUp()).as(as).isNotNull();
      }
      case WAITING, READY, RETRYING, SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED ->
          assertThat(unended).as(as).isEmpty();
    }
    if (task.status() != TaskStatus.CANCELLING) {
      assertThat(task.followUp()).as(as).isNull();
    }
    assertThat(task.retryAt() != null).as(as).isEqualTo(task.status() == TaskStatus.RETRYING);
    if (task.status() == TaskStatus.RETRYING) {
      assertThat(run.status()).as(as).isEqualTo(RunStatus.RUNNING);
    }
  }

  /** A failed task has spent one of its budgets, or could never succeed; no other has. */
  private static void budgetsAreKept(Run run, Task task, RetryPolicy policy, String where) {
    if (!(run.plan().dag().nodes().get(task.index()) instanceof Dag.Transformation)) {
      return;
    }
    int attempts = run.plan().resources(task.index()).attempts();
    var failure = task.failure();
    boolean configuration = failure != null && failure.failureClass() == FailureClass.CONFIGURATION;
    boolean spent =
        task.userFailures() >= attempts
            || task.infrastructureFailures() >= policy.infrastructureAttempts();
    String as = where + ": budgets of " + task;
    assertThat(task.userFailures()).as(as).isLessThanOrEqualTo(attempts);
    assertThat(task.infrastructureFailures())
        .as(as)
        .isLessThanOrEqualTo(policy.infrastructureAttempts());
    switch (task.status()) {
      case FAILED ->
          assertThat(spent || configuration || task.origin() instanceof Origin.Marked)
              .as(as)
              .isTrue();
      case WAITING, READY, SUBMITTED, RUNNING, RETRYING -> assertThat(spent).as(as).isFalse();
      case CANCELLING, SUCCEEDED, UPSTREAM_FAILED, SKIPPED, CANCELLED -> {}
    }
  }
}
