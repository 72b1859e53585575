package dev.core.orchestrator.compute.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A virtual clock, and what is planned on it. Time stands still until somebody advances it; what is
 * planned happens in the order of time, and of planning at the same time. So the same plans give
 * the same history. For one thread.
 */
public final class Timeline {

  private final PriorityQueue<Planned> plans =
      new PriorityQueue<>(
          Comparator.comparing(Planned::at).thenComparingLong(planned -> planned.number));
  private Instant now;
  private long planned;

  public Timeline(Instant start) {
    this.now = start;
  }

  /** Something that is to happen, unless it is called off before. */
  public static final class Planned {
    private final Instant at;
    private final long number;
    private final Runnable what;
    private boolean calledOff;

    private Planned(Instant at, long number, Runnable what) {
      this.at = at;
      this.number = number;
      this.what = what;
    }

    public Instant at() {
      return at;
    }

    /** It will not happen; too late for what has happened. */
    public void callOff() {
      calledOff = true;
    }
  }

  public Instant now() {
    return now;
  }

  /** What is planned for a time that has passed happens next. */
  public Planned at(Instant time, Runnable what) {
    var plan = new Planned(time.isBefore(now) ? now : time, planned++, what);
    plans.add(plan);
    return plan;
  }

  public Planned in(Duration delay, Runnable what) {
    return at(now.plus(delay), what);
  }

  /** When something happens next; empty: nothing is planned. */
  public Optional<Instant> next() {
    while (!plans.isEmpty() && plans.peek().calledOff) {
      plans.remove();
    }
    return Optional.ofNullable(plans.peek()).map(Planned::at);
  }

  /** Lets the next thing happen, at its time; false: nothing is planned. */
  public boolean step() {
    if (next().isEmpty()) {
      return false;
    }
    var plan = plans.remove();
    now = plan.at;
    plan.what.run();
    return true;
  }

  /** Lets everything happen that is planned until then, also what is planned meanwhile. */
  public void advanceTo(Instant time) {
    while (next().filter(at -> !at.isAfter(time)).isPresent()) {
      boolean _ = step();
    }
    if (time.isAfter(now)) {
      now = time;
    }
  }
}
