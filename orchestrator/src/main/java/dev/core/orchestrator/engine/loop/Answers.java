package dev.core.orchestrator.engine.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What backends answered and the leader has not dealt with. An answer from which nothing follows
 * waits a moment for something to share a transaction with: of short tasks, the worker's own news.
 * Used by one thread.
 */
final class Answers {

  private static final Duration WAIT_AT_MOST = Duration.ofMillis(100);

  private final List<Input.FromBackend> waiting = new ArrayList<>();
  private @Nullable Instant due;

  /**
   * Adds what has come, and gives what is to be dealt with now.
   *
   * @param company whether there is something else to journal
   */
  List<Input.FromBackend> take(List<Input.FromBackend> come, boolean company, Instant now) {
    waiting.addAll(come);
    if (waiting.isEmpty()) {
      return List.of();
    }
    if (due == null) {
      due = now.plus(WAIT_AT_MOST);
    }
    boolean pressing = company || !now.isBefore(due);
    if (!pressing && waiting.stream().allMatch(Input.FromBackend::isPatient)) {
      return List.of();
    }
    var taken = List.copyOf(waiting);
    waiting.clear();
    due = null;
    return taken;
  }

  /** When those that wait are dealt with at the latest. */
  Optional<Instant> due() {
    return Optional.ofNullable(due);
  }
}
