package dev.core.orchestrator.engine;

import java.util.Set;
import java.util.function.IntConsumer;

/**
 * A quarantined run. Nothing of it is decided, yet what it has at the backend goes on: its tasks
 * keep their slots and its pipeline is not free.
 *
 * @param run as it was last journalled
 * @param over tasks whose workers have certainly ended: they finished, or did not renew for so long
 *     that they have stopped themselves
 */
public record SetAside(Run run, Set<Integer> over) {

  public SetAside {
    over = Set.copyOf(over);
  }

  /** Whether its pipeline counts as busy. */
  public boolean active() {
    return run.status() != RunStatus.QUEUED && !run.status().terminal();
  }

  /** Each task that takes a place at the backend. */
  void eachLive(IntConsumer use) {
    if (run.live() > 0) {
      run.tasks()
          .forEachAttempted(task -> {
            if (task.status().live() && !over.contains(task.index())) {
              use.accept(task.index());
            }
          });
    }
  }
}
