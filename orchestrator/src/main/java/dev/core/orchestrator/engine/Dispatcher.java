package dev.core.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses, across all runs, which ready tasks are submitted now. Pure. Higher priority goes first,
 * then the older run, then the order of the DAG; backfills come after all others of their priority.
 * A task that its pool or its pipeline's limit holds back does not hold back others, and nothing is
 * held back that could be submitted.
 */
public final class Dispatcher {

  private Dispatcher() {}

  /**
   * @param tasksAtOnce of the whole orchestrator
   * @param pools a pool that is not there has no slots
   */
  public record Limits(int tasksAtOnce, Pools pools) {

    /**
     * @param poolSlots by the pool's name
     */
    public Limits(int tasksAtOnce, Map<String, Integer> poolSlots) {
      this(tasksAtOnce, named(poolSlots));
    }

    private static Pools named(Map<String, Integer> poolSlots) {
      var ids = new HashMap<String, Long>();
      poolSlots.keySet().stream().sorted().forEach(name -> ids.put(name, ids.size() + 1L));
      return Pools.of(
          poolSlots.entrySet().stream()
              .map(each ->
                  new Pools.Pool(
                      ids.getOrDefault(each.getKey(), 0L), each.getKey(), each.getValue()))
              .toList());
    }
  }

  /** A task to submit. */
  public record Choice(Run run, int task) {}

  /** Without quarantined runs. */
  public static List<Choice> choose(Iterable<Run> runs, Limits limits, int budget) {
    return choose(runs, List.of(), limits, budget);
  }

  /**
   * @param setAside runs that nothing is chosen from, and whose live tasks count
   * @param budget how many submissions the backend can take now
   */
  public static List<Choice> choose(
      Iterable<Run> runs, Iterable<SetAside> setAside, Limits limits, int budget) {
    var chosen = new ArrayList<Choice>();
    var candidates = new ArrayList<Run>();
    boolean ofPools = false;
    for (Run run : runs) {
      if (run.status() == RunStatus.RUNNING && run.count(TaskStatus.READY) > 0) {
        candidates.add(run);
        ofPools |= run.plan().usesPools();
      }
    }
    if (candidates.isEmpty() || budget <= 0) {
      return chosen;
    }
    var use = SlotUse.count(runs, setAside, limits.pools(), ofPools);
    candidates.sort(ORDER);
    for (Run run : candidates) {
      int left = Math.min(budget - chosen.size(), limits.tasksAtOnce() - use.tasks());
      if (left <= 0) {
        break;
      }
      choose(run, use, left, chosen);
    }
    return chosen;
  }

  /** Who goes first, of runs. */
  static final Comparator<Run> ORDER = Comparator.comparing(run -> run.header().turn());

  private static void choose(Run run, SlotUse use, int atMost, List<Choice> chosen) {
    Integer parallel = run.plan().definition().parallelTaskLimit();
    int left = parallel == null ? atMost : Math.min(atMost, parallel - use.ofPipeline(run));
    for (int index = run.tasks().nextReady(0);
        index >= 0 && left > 0;
        index = run.tasks().nextReady(index + 1)) {
      if (use.hasSlot(run, index)) {
        chosen.add(new Choice(run, index));
        use.take(run, 1);
        use.takeSlot(run, index);
        left--;
      }
    }
  }
}
