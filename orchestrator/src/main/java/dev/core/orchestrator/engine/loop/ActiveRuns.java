package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The committed runs that the leader has something to do about, by id. What is asked in every step,
 * such as which have tasks to submit, is kept beside them: a step costs what it changes, however
 * many runs there are. Used by one thread.
 */
final class ActiveRuns {

  private final TreeMap<Long, Run> runs = new TreeMap<>();
  private final TreeMap<Long, Run> queued = new TreeMap<>();
  private final TreeMap<Long, Run> busy = new TreeMap<>();
  private final TreeMap<Long, Run> attempted = new TreeMap<>();

  @Nullable Run get(long id) {
    return runs.get(id);
  }

  int size() {
    return runs.size();
  }

  /** Adds a run, or replaces the version that is known. */
  void put(Run run) {
    runs.put(run.id(), run);
    keep(queued, run, isQueued(run));
    keep(busy, run, isBusy(run));
    keep(attempted, run, run.tasks().anyAttempted());
  }

  void remove(long id) {
    runs.remove(id);
    queued.remove(id);
    busy.remove(id);
    attempted.remove(id);
  }

  private static void keep(TreeMap<Long, Run> some, Run run, boolean belongs) {
    if (belongs) {
      some.put(run.id(), run);
    } else {
      some.remove(run.id());
    }
  }

  /** All of them, the oldest first; costs as much as there are. */
  Collection<Run> all() {
    return runs.values();
  }

  /** The ids of all, as they are now. */
  Collection<Long> ids() {
    return new TreeSet<>(runs.keySet());
  }

  /** Those that wait to be admitted. */
  Collection<Run> queued() {
    return queued.values();
  }

  /** Those with tasks that wait for a submission, or take a place at the backend. */
  Collection<Run> busy() {
    return busy.values();
  }

  /** Those with attempts of which something is left to do or to learn. */
  Collection<Run> attempted() {
    return attempted.values();
  }

  static boolean isQueued(Run run) {
    return run.status() == RunStatus.QUEUED;
  }

  static boolean isBusy(Run run) {
    return run.live() > 0 || (run.status() == RunStatus.RUNNING && run.count(TaskStatus.READY) > 0);
  }

  /** Laid over some of them: what a draft has changed, if it belongs to these. */
  static Collection<Run> overlaid(
      Collection<Run> committed, Collection<Run> changed, Predicate<Run> belongs) {
    var all = new TreeMap<Long, Run>();
    committed.forEach(run -> all.put(run.id(), run));
    changed.forEach(run -> keep(all, run, belongs.test(run)));
    return all.values();
  }
}
