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
 * @param followUp while CANCELLING, what it becomes then: CANCELLED, WAITING, or what it was marked
 *     as; FAILED without a mark means that the budget of its failure decides
 * @param attempts how many there have been
 * @param userFailures and infrastructureFailures: what has been spent of the two budgets
 * @param failure the last one
 * @param result what the transformation returned, or whoever marked it said
 * @param origin how it came to its status (or comes to it while CANCELLING), if not by its attempts
 * @param done partitions that have succeeded; null unless it is split
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
    @Nullable Origin origin,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable DonePartitions done,
    List<Attempt> live) {

  public Task {
    live = List.copyOf(live);
  }

  /** A task that waits for its wave. */
  public static Task waiting(int index, Instant now) {
    return new TaskCopy(index, now).made();
  }

  public Optional<Attempt> attempt(int number) {
    return live.stream().filter(attempt -> attempt.number() == number).findFirst();
  }

  /** The attempt that a worker may still claim, or holds. */
  public Optional<Attempt> open() {
    return live.stream().filter(attempt -> attempt.status().open()).findFirst();
  }

  /** How many places it takes at the backend while it is live: one, or one for each partition. */
  public int places() {
    int places = 1;
    for (Attempt attempt : live) {
      FanOut fan = attempt.fan();
      if (fan != null && !attempt.status().ended()) {
        places = fan.inFlight();
      }
    }
    return places;
  }

  Task with(TaskStatus next, Instant now) {
    return new TaskCopy(this).status(next, now).made();
  }

  /**
   * @param began when the worker claimed, which the leader may hear of later; the first one counts
   */
  Task running(Instant began, Instant now) {
    var copy = new TaskCopy(this).status(TaskStatus.RUNNING, now);
    copy.startedAt = startedAt == null ? began : startedAt;
    return copy.made();
  }

  Task cancelling(TaskStatus next, Instant now) {
    var copy = new TaskCopy(this).status(TaskStatus.CANCELLING, now);
    copy.followUp = next;
    copy.origin = null;
    return copy.made();
  }

  Task retrying(Instant at, Instant now) {
    var copy = new TaskCopy(this).status(TaskStatus.RETRYING, now);
    copy.retryAt = at;
    return copy.made();
  }

  Task failedWith(Failure why) {
    var copy = new TaskCopy(this);
    copy.failure = why;
    return copy.made();
  }

  /** Spends one of the budget that this class of failure has. */
  Task spending(Failure why) {
    var copy = new TaskCopy(this);
    copy.failure = why;
    if (why.failureClass().spendsUserAttempts()) {
      copy.userFailures++;
    } else {
      copy.infrastructureFailures++;
    }
    return copy.made();
  }

  /** As if it had never been tried: both budgets are whole; but attempts are numbered on. */
  Task unspent() {
    var copy = new TaskCopy(this);
    copy.userFailures = 0;
    copy.infrastructureFailures = 0;
    copy.failure = null;
    copy.result = null;
    copy.origin = null;
    copy.startedAt = null;
    return copy.made();
  }

  /** None of its partitions has succeeded: all of them run. */
  Task whole() {
    return done == null ? this : with((DonePartitions) null);
  }

  /** Whether something of the past still counts. */
  boolean spent() {
    return userFailures > 0
        || infrastructureFailures > 0
        || failure != null
        || (done != null && done.count() > 0);
  }

  /** Waits for its wave again, and nothing of the past counts. */
  Task afresh(Instant now) {
    return unspent().with(TaskStatus.WAITING, now);
  }

  Task returning(@Nullable JsonNode value) {
    var copy = new TaskCopy(this);
    copy.failure = null;
    copy.result = value;
    return copy.made();
  }

  /** What has succeeded of it from now on; null: it is not split, or everything runs again. */
  Task with(@Nullable DonePartitions partitions) {
    var copy = new TaskCopy(this);
    copy.done = partitions;
    return copy.made();
  }

  /** With the partitions that have succeeded in this attempt. */
  Task keeping(Attempt attempt) {
    FanOut fan = attempt.fan();
    return fan == null
        ? this
        : with(
            (done == null ? DonePartitions.none(fan.of()) : done)
                .plus(attempt.number(), fan.succeeded()));
  }

  Task from(Origin how) {
    var copy = new TaskCopy(this);
    copy.origin = how;
    return copy.made();
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
    var copy = new TaskCopy(this);
    copy.live = next;
    copy.attempts = Math.max(attempts, attempt.number());
    return copy.made();
  }

  /** Without the attempts of which nothing is left to do or to learn. */
  Task pruned() {
    boolean none = true;
    for (Attempt attempt : live) {
      none &= !attempt.settled();
    }
    if (none) {
      return this;
    }
    var copy = new TaskCopy(this);
    copy.live = live.stream().filter(attempt -> !attempt.settled()).toList();
    return copy.made();
  }
}
