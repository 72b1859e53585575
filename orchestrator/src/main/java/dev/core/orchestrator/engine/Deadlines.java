package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When time alone changes something about a task. Pure. */
public final class Deadlines {

  private final RetryPolicy policy;

  public Deadlines(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * The next moment at which {@link #due} may have something to say; empty: only news can change
   * the task.
   */
  public Optional<Instant> next(Run run, Task task) {
    if (task.status() == TaskStatus.RETRYING) {
      return Optional.ofNullable(task.retryAt());
    }
    return task.open()
        .filter(attempt -> attempt.status() == AttemptStatus.CLAIMED)
        .flatMap(attempt -> {
          FanOut fan = attempt.fan();
          if (fan != null) {
            return next(fan);
          }
          Instant lease = leaseEnd(attempt);
          Instant overdue = overdue(run, task, attempt);
          return Optional.of(lease.isBefore(overdue) ? lease : overdue);
        });
  }

  /** What has come due: a retry, an attempt overdue, or a lease that is over. */
  public Optional<Event> due(Run run, Task task, Instant now) {
    if (task.status() == TaskStatus.RETRYING) {
      return Optional.ofNullable(task.retryAt())
          .filter(at -> !now.isBefore(at))
          .map(_ -> new Event.RetryDue(task.index()));
    }
    Attempt attempt = task.open().orElse(null);
    if (attempt == null || attempt.status() != AttemptStatus.CLAIMED) {
      return Optional.empty();
    }
    FanOut fan = attempt.fan();
    if (fan != null) {
      return due(task, attempt, fan, now);
    }
    if (!now.isBefore(leaseEnd(attempt))) {
      return Optional.of(new Event.LeaseOver(task.index(), attempt.number(), renewedAt(attempt)));
    }
    return now.isBefore(overdue(run, task, attempt))
        ? Optional.empty()
        : Optional.of(new Event.Overdue(task.index(), attempt.number()));
  }

  /**
   * Of partitions only the lease: what runs too long is ended by its worker, or by the backend, and
   * while neither says so it may be at work still.
   */
  private Optional<Instant> next(FanOut fan) {
    return Optional.ofNullable(fan.states().oldest())
        .map(oldest -> oldest.renewedAt().plus(policy.claimLease()));
  }

  private Optional<Event> due(Task task, Attempt attempt, FanOut fan, Instant now) {
    Instant first = next(fan).orElse(null);
    if (first == null || now.isBefore(first)) {
      return Optional.empty();
    }
    PartitionStates states = fan.states();
    var silent =
        states.where(index ->
            states.status(index) == PartitionStates.Status.CLAIMED
                && !now.isBefore(states.renewedAt(index).plus(policy.claimLease())));
    var failure =
        new Failure(
            FailureClass.INFRASTRUCTURE,
            "no sign of life from its worker; the lease of %d s is over"
                .formatted(policy.claimLease().toSeconds()));
    return Optional.of(
        new Event.PartitionsLost(
            task.index(), attempt.number(), List.of(new Loss(silent, failure, null))));
  }

  private Duration patience(Run run, Task task) {
    return Duration.ofSeconds(run.plan().resources(task.index()).timeoutSeconds())
        .plus(policy.timeoutGrace());
  }

  private Instant leaseEnd(Attempt attempt) {
    return renewedAt(attempt).plus(policy.claimLease());
  }

  private Instant overdue(Run run, Task task, Attempt attempt) {
    var hold = attempt.hold();
    Instant claimedAt = hold == null ? attempt.intendedAt() : hold.claimedAt();
    return claimedAt.plus(patience(run, task));
  }

  private static Instant renewedAt(Attempt attempt) {
    var hold = attempt.hold();
    return hold == null ? attempt.intendedAt() : hold.renewedAt();
  }
}
