package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.protocol.Outcome.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node of a run's DAG in its life. Immutable.
 *
 * @param index of its node in the DAG
 * @param since when it got its status
 * @param followUp while CANCELLING, what it becomes then: CANCELLED, WAITING or FAILED
 * @param attempts how many there have been
 * @param userFailures and infrastructureFailures: what has been spent of the two budgets
 * @param failure the last one
 * @param result what the transformation returned
 * @param live attempts that are not settled, oldest first; at most one of them is open
 */
public record Task(
    int index,
    TaskStatus status,
    Instant since,
    @Nullable TaskStatus followUp,
    int attempts,
    int userFailures,
    int infrastructureFailures,
    @Nullable Instant retryAt,
    @Nullable Failure failure,
    @Nullable JsonNode result,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    List<Attempt> live) {

  public Task {
    live = List.copyOf(live);
  }

  /** A task that waits for its wave. */
  public static Task waiting(int index, Instant now) {
    return new Task(
        index, TaskStatus.WAITING, now, null, 0, 0, 0, null, null, null, null, null, List.of());
  }

  Optional<Attempt> attempt(int number) {
    return live.stream().filter(attempt -> attempt.number() == number).findFirst();
  }

  /** The attempt that a worker may still claim, or holds. */
  public Optional<Attempt> open() {
    return live.stream().filter(attempt -> attempt.status().open()).findFirst();
  }

  Task with(TaskStatus next, Instant now) {
    return new Task(
        index,
        next,
        now,
        null,
        attempts,
        userFailures,
        infrastructureFailures,
        null,
        failure,
        result,
        startedAt,
        next.terminal() ? now : null,
        live);
  }

  /**
   * @param began when the worker claimed, which the leader may hear of later; the first one counts
   */
  Task running(Instant began, Instant now) {
    return new Task(
        index,
        TaskStatus.RUNNING,
        now,
        null,
        attempts,
        userFailures,
        infrastructureFailures,
        null,
        failure,
        result,
        startedAt == null ? began : startedAt,
        null,
        live);
  }

  Task cancelling(TaskStatus next, Instant now) {
    Task task = with(TaskStatus.CANCELLING, now);
    return new Task(
        index,
        task.status,
        now,
        next,
        attempts,
        userFailures,
        infrastructureFailures,
        null,
        failure,
        result,
        startedAt,
        null,
        live);
  }

  Task retrying(Instant at, Instant now) {
    return new Task(
        index,
        TaskStatus.RETRYING,
        now,
        null,
        attempts,
        userFailures,
        infrastructureFailures,
        at,
        failure,
        result,
        startedAt,
        null,
        live);
  }

  Task failedWith(Failure why) {
    return new Task(
        index,
        status,
        since,
        followUp,
        attempts,
        userFailures,
        infrastructureFailures,
        retryAt,
        why,
        result,
        startedAt,
        endedAt,
        live);
  }

  /** Spends one of the budget that this class of failure has. */
  Task spending(Failure why) {
    boolean users = why.failureClass().spendsUserAttempts();
    return new Task(
        index,
        status,
        since,
        followUp,
        attempts,
        userFailures + (users ? 1 : 0),
        infrastructureFailures + (users ? 0 : 1),
        retryAt,
        why,
        result,
        startedAt,
        endedAt,
        live);
  }

  /** Both budgets are whole again, nothing of the past counts; attempts are numbered on. */
  Task afresh(Instant now) {
    return new Task(
        index, TaskStatus.WAITING, now, null, attempts, 0, 0, null, null, null, null, null, live);
  }

  Task returning(@Nullable JsonNode value) {
    return new Task(
        index,
        status,
        since,
        followUp,
        attempts,
        userFailures,
        infrastructureFailures,
        retryAt,
        null,
        value,
        startedAt,
        endedAt,
        live);
  }

  /** Adds the attempt, or replaces the one of the same number. */
  Task with(Attempt attempt) {
    var next = new ArrayList<Attempt>(live.size() + 1);
    boolean known = false;
    for (Attempt other : live) {
      boolean same = other.number() == attempt.number();
      next.add(same ? attempt : other);
      known |= same;
    }
    if (!known) {
      next.add(attempt);
    }
    return withLive(next, Math.max(attempts, attempt.number()));
  }

  /** Without the attempts of which nothing is left to do or to learn. */
  Task pruned() {
    boolean none = true;
    for (Attempt attempt : live) {
      none &= !attempt.settled();
    }
    return none
        ? this
        : withLive(live.stream().filter(attempt -> !attempt.settled()).toList(), attempts);
  }

  private Task withLive(List<Attempt> next, int count) {
    return new Task(
        index,
        status,
        since,
        followUp,
        count,
        userFailures,
        infrastructureFailures,
        retryAt,
        failure,
        result,
        startedAt,
        endedAt,
        next);
  }
}
