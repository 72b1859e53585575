package dev.core.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses, across all runs, which ready tasks are submitted now. Pure. Higher priority goes first,
 * then the older run, then the order of the DAG; backfills come after all others of their priority.
 * A task that its pool or its pipeline's limit holds back does not hold back others, and nothing is
 * held back that could be submitted.
 */
public final class Dispatcher {

  /** Of the jobs of an array there can be so many. */
  public static final int LARGEST_ARRAY = 10_000;

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

  /**
   * A task to submit.
   *
   * @param partitions how many of it, if it is split; of one under way, the next ones
   */
  public record Choice(Run run, int task, int partitions) {
    public Choice(Run run, int task) {
      this(run, task, 1);
    }
  }

  /** How many partitions a task would run that has no attempt under way. */
  @FunctionalInterface
  public interface Width {

    /** No task is split. */
    Width ONE = (_, _) -> 1;

    int of(Run run, int task);
  }

  /** Without quarantined runs. */
  public static List<Choice> choose(Iterable<Run> runs, Limits limits, int budget) {
    return choose(runs, List.of(), limits, budget);
  }

  /** Without tasks that are split. */
  public static List<Choice> choose(
      Iterable<Run> runs, Iterable<SetAside> setAside, Limits limits, int budget) {
    return choose(runs, setAside, limits, budget, Width.ONE);
  }

  /**
   * @param setAside runs that nothing is chosen from, and whose live tasks count
   * @param budget how many submissions the backend can take now
   */
  public static List<Choice> choose(
      Iterable<Run> runs, Iterable<SetAside> setAside, Limits limits, int budget, Width width) {
    var chosen = new ArrayList<Choice>();
    var candidates = new ArrayList<Run>();
    boolean ofPools = false;
    for (Run run : runs) {
      if (waits(run)) {
        candidates.add(run);
        ofPools |= run.plan().usesPools();
      }
    }
    if (candidates.isEmpty() || budget <= 0) {
      return chosen;
    }
    var use = SlotUse.count(runs, setAside, limits.pools(), ofPools);
    candidates.sort(ORDER);
    int left = budget;
    for (Run run : candidates) {
      if (left <= 0 || limits.tasksAtOnce() <= use.tasks()) {
        break;
      }
      left -= chooseMore(run, use, limits, left, chosen);
      left -= choose(run, use, limits, left, width, chosen);
    }
    return chosen;
  }

  /** Whether something of the run could be submitted, as far as it goes. */
  public static boolean waits(Run run) {
    return run.status() == RunStatus.RUNNING
        && (run.count(TaskStatus.READY) > 0 || (run.plan().splits() && hasMore(run)));
  }

  private static boolean hasMore(Run run) {
    boolean[] any = {false};
    run.tasks().forEachAttempted(task -> any[0] |= under(task).isPresent());
    return any[0];
  }

  /** What is under way of a task that has partitions left to submit. */
  private static Optional<FanOut> under(Task task) {
    return task.open().map(Attempt::fan).filter(fan -> fan.left() > 0);
  }

  /**
   * The next partitions of tasks under way, which go before what has not begun. Fewer than are in
   * flight already are not worth an array of their own: then it waits until more slots are free.
   *
   * @return how many submissions that is
   */
  private static int chooseMore(
      Run run, SlotUse use, Limits limits, int atMost, List<Choice> chosen) {
    if (!run.plan().splits()) {
      return 0;
    }
    int[] calls = {0};
    run.tasks()
        .forEachAttempted(task ->
            under(task)
                .ifPresent(fan -> {
                  int free =
                      Math.min(
                          limits.tasksAtOnce() - use.tasks(), use.freeSlots(run, task.index()));
                  int size = Math.min(Math.min(fan.left(), free), most(atMost - calls[0]));
                  if (size > 0 && (size == fan.left() || size >= fan.inFlight())) {
                    chosen.add(new Choice(run, task.index(), size));
                    use.takeMore(run, task.index(), size);
                    calls[0] += calls(size);
                  }
                }));
    return calls[0];
  }

  private static int most(int calls) {
    return (int) Math.min(Integer.MAX_VALUE, (long) calls * LARGEST_ARRAY);
  }

  private static int calls(int partitions) {
    return (partitions + LARGEST_ARRAY - 1) / LARGEST_ARRAY;
  }

  /** Who goes first, of runs. */
  static final Comparator<Run> ORDER = Comparator.comparing(run -> run.header().turn());

  private static int choose(
      Run run, SlotUse use, Limits limits, int atMost, Width width, List<Choice> chosen) {
    Integer parallel = run.plan().definition().parallelTaskLimit();
    int tasks = parallel == null ? Integer.MAX_VALUE : parallel - use.ofPipeline(run);
    int calls = 0;
    for (int index = run.tasks().nextReady(0);
        index >= 0 && tasks > 0 && calls < atMost && use.tasks() < limits.tasksAtOnce();
        index = run.tasks().nextReady(index + 1)) {
      int free = Math.min(limits.tasksAtOnce() - use.tasks(), use.freeSlots(run, index));
      if (free > 0) {
        int wanted = run.plan().isSplit(index) ? width.of(run, index) : 1;
        int size = Math.min(Math.min(wanted, free), most(atMost - calls));
        chosen.add(new Choice(run, index, size));
        use.take(run, 1);
        use.takeMore(run, index, size - 1);
        use.takeSlots(run, index, 1);
        tasks--;
        calls += calls(size);
      }
    }
    return calls;
  }
}
