package dev.core.orchestrator.engine.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Moments at which tasks want a look. A timer is never taken back: one that is out of date finds
 * nothing to do. Used by one thread.
 */
final class Timers {

  private record Timer(Instant at, Input.TimeUp input) {}

  private final PriorityQueue<Timer> queue = new PriorityQueue<>(Comparator.comparing(Timer::at));

  void add(Instant at, long runId, int task) {
    queue.add(new Timer(at, new Input.TimeUp(runId, task)));
  }

  /** The next one. */
  Optional<Instant> next() {
    return Optional.ofNullable(queue.peek()).map(Timer::at);
  }

  /** Those that have come, without repetition. */
  List<Input.TimeUp> due(Instant now) {
    var due = new ArrayList<Input.TimeUp>();
    while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
      due.add(queue.remove().input());
    }
    return due.stream().distinct().toList();
  }
}
