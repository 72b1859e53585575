package dev.core.orchestrator.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * Virtual time, in microseconds, and what is to happen in it. A step that takes time lets what is
 * due happen in the meantime, on top of itself, so that everything is in one thread and yet a
 * leader can be overtaken between two statements of one step.
 */
final class Timeline implements InstantSource {

  /** Deeper than this, time passes but nothing happens in it until the step is over. */
  private static final int DEEPEST = 40;

  private static final int MOST_STEPS = 300_000;

  private record Due(long at, long order, Runnable step) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final Instant start;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long now;
  private long order;
  private int depth;
  private long heldUpAt = Long.MIN_VALUE / 2;
  private int steps;

  Timeline(Instant start) {
    this.start = start;
  }

  /** Since the start. */
  long micros() {
    return now;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(now * 1_000);
  }

  int steps() {
    return steps;
  }

  /** Until when nothing last happened that was due, since too much is under way. */
  long heldUpAt() {
    return heldUpAt;
  }

  void after(long micros, Runnable step) {
    queue.add(new Due(now + Math.max(0, micros), order++, step));
  }

  /** Lets time pass, and everything happen that is due in it. */
  void pass(long micros) {
    long until = now + micros;
    if (depth < DEEPEST) {
      depth++;
      try {
        while (!queue.isEmpty() && queue.peek().at() <= until) {
          run(queue.remove());
        }
      } finally {
        depth--;
      }
    } else if (!queue.isEmpty() && queue.peek().at() <= until) {
      heldUpAt = until;
    }
    now = Math.max(now, until);
  }

  private void run(Due due) {
    now = Math.max(now, due.at());
    if (++steps > MOST_STEPS) {
      throw new Violation(Law.RUNS_END, "more than " + MOST_STEPS + " steps");
    }
    due.step().run();
  }
}
