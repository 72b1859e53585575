package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.engine.Dispatcher.Choice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulated")
class DispatcherPropertyTest {

  private static final int SEEDS = Integer.getInteger("core.test.seeds", 200) * 10;

  /** What keeps a ready task from being submitted. */
  private enum Barrier {
    BUDGET,
    ORCHESTRATOR,
    PIPELINE,
    POOL
  }

  /** Counted anew, by nothing but the statuses of tasks. */
  private static final class Tally {
    int tasks;
    final Map<String, Integer> pipelines = new HashMap<>();
    final Map<String, Integer> pools = new HashMap<>();

    Tally(RandomSituation situation) {
      situation.runs().forEach(run -> run.tasks().forEach(task -> count(run, task, Set.of())));
      situation
          .setAside()
          .forEach(
              each -> each.run().tasks().forEach(task -> count(each.run(), task, each.over())));
    }

    private void count(Run run, Task task, Set<Integer> except) {
      boolean live =
          EnumSet.of(TaskStatus.SUBMITTED, TaskStatus.RUNNING, TaskStatus.CANCELLING)
              .contains(task.status());
      if (live && !except.contains(task.index())) {
        add(run, task.index());
      }
    }

    void add(Run run, int task) {
      tasks++;
      pipelines.merge(run.header().pipeline(), 1, Integer::sum);
      String pool = run.plan().pool(task);
      if (pool != null) {
        pools.merge(pool, 1, Integer::sum);
      }
    }
  }

  @Test
  void noLimitIsExceededNothingIsHeldBackThatCouldGoAndNobodyOvertakes() {
    var met = EnumSet.noneOf(Barrier.class);
    int submitted = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var situation = RandomSituation.of(new Random(seed));
      var before = new Tally(situation);
      var after = new Tally(situation);
      List<Choice> chosen = situation.chosen();
      submitted += chosen.size();

      for (Choice choice : chosen) {
        Run run = choice.run();
        String where = "seed %d, run %d, task %d".formatted(seed, run.id(), choice.task());
        assertThat(situation.runs()).as(where).contains(run);
        assertThat(run.status()).as(where).isEqualTo(RunStatus.RUNNING);
        assertThat(run.tasks().get(choice.task()).status()).as(where).isEqualTo(TaskStatus.READY);
        after.add(run, choice.task());
        assertThat(barriers(situation, after, chosen, run, choice.task(), 1)).as(where).isEmpty();
      }
      assertThat(chosen).as("seed %d", seed).doesNotHaveDuplicates();
      assertThat(chosen)
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(Math.max(0, situation.budget()));
      assertThat(after.tasks)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Math.max(before.tasks, situation.tasksAtOnce()));

      for (Choice left : left(situation, chosen)) {
        var barriers = barriers(situation, after, chosen, left.run(), left.task(), 0);
        String where = "seed %d, run %d, task %d".formatted(seed, left.run().id(), left.task());
        assertThat(barriers).as(where + " could go").isNotEmpty();
        met.addAll(barriers);
        overtaken(chosen, left, barriers, where);
      }
    }
    assertThat(met).containsExactlyInAnyOrder(Barrier.values());
    assertThat(submitted).isGreaterThan(SEEDS / 4);
  }

  /** Behind a task that was left, only those may go that need not what it lacks. */
  private static void overtaken(
      List<Choice> chosen, Choice left, Set<Barrier> barriers, String where) {
    for (Choice choice : chosen) {
      if (inOrder(left, choice)) {
        boolean ownPipeline =
            barriers.contains(Barrier.PIPELINE)
                && !(left.run().header().pipeline().equals(choice.run().header().pipeline())
                    && sameLimit(left, choice));
        String pool = left.run().plan().pool(left.task());
        boolean ownPool =
            barriers.contains(Barrier.POOL)
                && pool != null
                && !pool.equals(choice.run().plan().pool(choice.task()));
        assertThat(ownPipeline || ownPool)
            .as("%s is overtaken by run %d, task %d", where, choice.run().id(), choice.task())
            .isTrue();
      }
    }
  }

  private static boolean sameLimit(Choice a, Choice b) {
    return java.util.Objects.equals(
        a.run().plan().definition().parallelTaskLimit(),
        b.run().plan().definition().parallelTaskLimit());
  }

  private static boolean inOrder(Choice first, Choice second) {
    int order = Dispatcher.ORDER.compare(first.run(), second.run());
    return order < 0 || (order == 0 && first.task() < second.task());
  }

  private static List<Choice> left(RandomSituation situation, List<Choice> chosen) {
    var left = new ArrayList<Choice>();
    for (Run run : situation.runs()) {
      if (run.status() == RunStatus.RUNNING) {
        run.tasks()
            .forEach(task -> {
              var choice = new Choice(run, task.index());
              if (task.status() == TaskStatus.READY && !chosen.contains(choice)) {
                left.add(choice);
              }
            });
      }
    }
    return left;
  }

  /**
   * @param taken 1 if the task itself is in the tally, else 0
   */
  private static Set<Barrier> barriers(
      RandomSituation situation, Tally tally, List<Choice> chosen, Run run, int task, int taken) {
    var barriers = EnumSet.noneOf(Barrier.class);
    if (taken == 0 && chosen.size() >= situation.budget()) {
      barriers.add(Barrier.BUDGET);
    }
    if (tally.tasks - taken >= situation.tasksAtOnce()) {
      barriers.add(Barrier.ORCHESTRATOR);
    }
    Integer limit = run.plan().definition().parallelTaskLimit();
    int ofPipeline = tally.pipelines.getOrDefault(run.header().pipeline(), 0);
    if (limit != null && ofPipeline - taken >= limit) {
      barriers.add(Barrier.PIPELINE);
    }
    String pool = run.plan().pool(task);
    if (pool != null
        && tally.pools.getOrDefault(pool, 0) - taken >= situation.slots().getOrDefault(pool, 0)) {
      barriers.add(Barrier.POOL);
    }
    return barriers;
  }

  @Test
  void nobodyStarvesWhileYoungerRunsOfTheSamePriorityKeepComing() {
    Example example = Example.of(4).pool("licences");
    var machine = new RunMachine(Example.POLICY);
    var limits = new Dispatcher.Limits(3, Map.of("licences", 2));
    var random = new Random(7);
    var runs = new ArrayList<Run>();
    long id = 0;
    var waitedAtMost = 0;
    for (int step = 0; step < 400; step++) {
      if (step % 3 == 0) {
        Run queued =
            example.named("p" + id).queued(++id, "schedule", Example.START.plusSeconds(step));
        runs.add(machine.apply(queued, new Event.Admitted(), Example.START));
      }
      for (Choice choice : Dispatcher.choose(runs, limits, 2)) {
        replace(
            runs,
            choice.run(),
            run -> machine.apply(run, Story.intent(run, choice.task()), Example.START));
      }
      Run oldest = runs.getFirst();
      assertThat(oldest.live()).as("step %d: the oldest goes first", step).isPositive();
      var live = new ArrayList<Choice>();
      runs.forEach(run ->
          run.tasks()
              .forEach(task -> {
                if (task.status() == TaskStatus.SUBMITTED) {
                  live.add(new Choice(run, task.index()));
                }
              }));
      Choice done = live.get(random.nextInt(live.size()));
      replace(runs, done.run(), run -> finished(machine, run, done.task()));
      runs.removeIf(run -> run.status().terminal());
      waitedAtMost = Math.max(waitedAtMost, runs.size());
    }
    assertThat(waitedAtMost).as("they do pile up").isGreaterThan(20);
  }

  private static Run finished(RunMachine machine, Run run, int task) {
    var story = new Story(run, Example.POLICY, Example.START);
    return story.accepted(task).claimed(task).succeeds(task).run();
  }

  private static void replace(
      List<Run> runs, Run old, java.util.function.UnaryOperator<Run> change) {
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).id() == old.id()) {
        runs.set(i, change.apply(runs.get(i)));
      }
    }
  }
}
