package dev.core.orchestrator.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * How many tasks take a place at the backend: altogether, by pipeline, by pool. Counted from the
 * live tasks themselves, so that no slot can leak: a task keeps its slot from its intent until its
 * jobs are confirmed ended, also while it is being cancelled, and while its run is quarantined.
 * Used by one thread.
 */
final class SlotUse {

  private final Pools pools;
  private final Map<String, Integer> byPipeline = new HashMap<>();
  private final Map<String, Integer> byPool = new HashMap<>();
  private int tasks;

  private SlotUse(Pools pools) {
    this.pools = pools;
  }

  /**
   * @param ofPools whether use of pools is wanted too, which looks at every task of runs that use
   *     any
   */
  static SlotUse count(
      Iterable<Run> runs, Iterable<SetAside> setAside, Pools pools, boolean ofPools) {
    var use = new SlotUse(pools);
    for (Run run : runs) {
      use.take(run, run.live());
      boolean slots = ofPools && run.plan().usesPools();
      if (run.live() > 0 && (slots || run.plan().splits())) {
        run.tasks()
            .forEachAttempted(task -> {
              if (task.status().live()) {
                use.tasks += task.places() - 1;
                use.takeSlots(run, task.index(), slots ? task.places() : 0);
              }
            });
      }
    }
    for (SetAside each : setAside) {
      each.eachLive(task -> {
        use.take(each.run(), 1);
        use.tasks += each.run().tasks().get(task).places() - 1;
        use.takeSlots(each.run(), task, each.run().tasks().get(task).places());
      });
    }
    return use;
  }

  /** Places of all tasks; each partition in flight takes one. */
  int tasks() {
    return tasks;
  }

  int ofPipeline(Run run) {
    return byPipeline.getOrDefault(run.header().pipeline(), 0);
  }

  /** How many slots the pool of the task, if it has one, has for it. */
  int freeSlots(Run run, int task) {
    String pool = pools.name(run.plan(), task);
    return pool == null
        ? Integer.MAX_VALUE
        : Math.max(0, pools.slots(pool) - byPool.getOrDefault(pool, 0));
  }

  /** The task takes its place, and its slot. */
  void take(Run run, int count) {
    tasks += count;
    byPipeline.merge(run.header().pipeline(), count, Integer::sum);
  }

  /** More partitions of a task that has its place. */
  void takeMore(Run run, int task, int partitions) {
    tasks += partitions;
    takeSlots(run, task, partitions);
  }

  void takeSlots(Run run, int task, int count) {
    String pool = pools.name(run.plan(), task);
    if (pool != null) {
      byPool.merge(pool, count, Integer::sum);
    }
  }
}
