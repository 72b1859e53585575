package dev.core.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, across all runs, which ready tasks are submitted now. Pure. Higher priority goes first,
 * then the older run, then the order of the DAG; backfills come after all others of their priority.
 * A task that its pool or its pipeline's limit holds back does not hold back others.
 */
public final class Dispatcher {

  /** What one orchestrator has at the backend at most. */
  public static final int TASKS_AT_ONCE = 10_000;

  private Dispatcher() {}

  /**
   * @param tasksAtOnce of the whole orchestrator
   * @param poolSlots by the pool's name; a pool that is not listed has none
   */
  public record Limits(int tasksAtOnce, Map<String, Integer> poolSlots) {
    public Limits {
      poolSlots = Map.copyOf(poolSlots);
    }
  }

  /** A task to submit. */
  public record Choice(Run run, int task) {}

  /**
   * @param budget how many submissions the backend can take now
   */
  public static List<Choice> choose(Iterable<Run> runs, Limits limits, int budget) {
    var chosen = new ArrayList<Choice>();
    if (budget <= 0) {
      return chosen;
    }
    var candidates = new ArrayList<Run>();
    int live = 0;
    for (Run run : runs) {
      live += run.live();
      if (run.status() == RunStatus.RUNNING && run.count(TaskStatus.READY) > 0) {
        candidates.add(run);
      }
    }
    if (candidates.isEmpty()) {
      return chosen;
    }
    Map<String, Integer> used = poolUse(runs);
    candidates.sort(ORDER);
    int left = Math.min(budget, limits.tasksAtOnce() - live);
    for (Run run : candidates) {
      left -= choose(run, limits, used, left, chosen);
      if (left <= 0) {
        break;
      }
    }
    return chosen;
  }

  private static final Comparator<Run> ORDER =
      Comparator.<Run>comparingInt(run -> -run.header().priority())
          .thenComparing(run -> run.header().trigger().equals("backfill"))
          .thenComparing(run -> run.header().createdAt())
          .thenComparingLong(Run::id);

  private static int choose(
      Run run, Limits limits, Map<String, Integer> used, int budget, List<Choice> chosen) {
    Integer parallel = run.plan().definition().parallelTaskLimit();
    int left = parallel == null ? budget : Math.min(budget, parallel - run.live());
    int count = 0;
    for (int index = run.tasks().nextReady(0);
        index >= 0 && count < left;
        index = run.tasks().nextReady(index + 1)) {
      String pool = run.plan().pool(index);
      if (takesSlot(pool, limits, used)) {
        chosen.add(new Choice(run, index));
        count++;
      }
    }
    return count;
  }

  private static boolean takesSlot(
      @Nullable String pool, Limits limits, Map<String, Integer> used) {
    if (pool == null) {
      return true;
    }
    int inUse = used.getOrDefault(pool, 0);
    if (inUse >= limits.poolSlots().getOrDefault(pool, 0)) {
      return false;
    }
    used.put(pool, inUse + 1);
    return true;
  }

  /** Slots in use are counted from the live tasks themselves, so none can leak. */
  private static Map<String, Integer> poolUse(Iterable<Run> runs) {
    var used = new HashMap<String, Integer>();
    for (Run run : runs) {
      if (run.live() > 0 && run.plan().usesPools()) {
        run.tasks()
            .forEachAttempted(task -> {
              String pool = task.status().live() ? run.plan().pool(task.index()) : null;
              if (pool != null) {
                used.merge(pool, 1, Integer::sum);
              }
            });
      }
    }
    return used;
  }
}
