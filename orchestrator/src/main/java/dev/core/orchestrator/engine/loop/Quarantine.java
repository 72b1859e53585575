package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.SetAside;
import dev.core.orchestrator.store.QuarantinedTasks;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The runs that are set aside: nothing of them is decided, but what they have at the backend goes
 * on and counts, until its workers have ended. Used by one thread.
 */
final class Quarantine {

  private final Handle handle;
  private final Duration claimLease;
  private final Map<Long, SetAside> runs = new TreeMap<>();

  /** Of all runs that are quarantined already. */
  Quarantine(Handle handle, Duration claimLease, Collection<Run> quarantined) {
    this.handle = handle;
    this.claimLease = claimLease;
    quarantined.forEach(this::add);
    look();
  }

  /**
   * @param run as it was last journalled
   */
  void add(Run run) {
    runs.put(run.id(), new SetAside(run, Set.of()));
  }

  void release(long runId) {
    runs.remove(runId);
  }

  Collection<SetAside> runs() {
    return runs.values();
  }

  /** Finds out which of their workers have ended meanwhile. */
  void look() {
    if (runs.values().stream().anyMatch(each -> each.run().live() > 0)) {
      var over = QuarantinedTasks.over(handle, claimLease);
      runs.replaceAll((id, each) -> new SetAside(each.run(), over.getOrDefault(id, Set.of())));
    }
  }
}
