package dev.core.orchestrator.engine;

import java.time.Instant;
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
        .map(attempt -> {
          Instant lease = leaseEnd(attempt);
          Instant overdue = overdue(run, task, attempt);
          return lease.isBefore(overdue) ? lease : overdue;
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
    if (!now.isBefore(leaseEnd(attempt))) {
      return Optional.of(new Event.LeaseOver(task.index(), attempt.number(), renewedAt(attempt)));
    }
    return now.isBefore(overdue(run, task, attempt))
        ? Optional.empty()
        : Optional.of(new Event.Overdue(task.index(), attempt.number()));
  }

  private Instant leaseEnd(Attempt attempt) {
    return renewedAt(attempt).plus(policy.claimLease());
  }

  private Instant overdue(Run run, Task task, Attempt attempt) {
    var hold = attempt.hold();
    Instant claimedAt = hold == null ? attempt.intendedAt() : hold.claimedAt();
    return claimedAt
        .plusSeconds(run.plan().resources(task.index()).timeoutSeconds())
        .plus(policy.timeoutGrace());
  }

  private static Instant renewedAt(Attempt attempt) {
    var hold = attempt.hold();
    return hold == null ? attempt.intendedAt() : hold.renewedAt();
  }
}
