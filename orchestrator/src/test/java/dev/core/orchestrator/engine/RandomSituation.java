package dev.core.orchestrator.engine;

import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs of a few pipelines in the middle of random histories, some of them quarantined, under random
 * limits.
 *
 * @param runs those that the leader decides about
 * @param slots by pool; a pool that some tasks name is not among them
 */
record RandomSituation(
    List<Run> runs,
    List<SetAside> setAside,
    int tasksAtOnce,
    Map<String, Integer> slots,
    int budget,
    Instant now) {

  private static final String[] PIPELINES = {"flights", "strikes", "routes"};
  private static final String[] POOLS = {"licences", "seats", "gone"};

  static RandomSituation of(Random random) {
    var machine = new RunMachine(Example.POLICY);
    var runs = new ArrayList<Run>();
    var setAside = new ArrayList<SetAside>();
    Instant now = Example.START;
    int count = 1 + random.nextInt(7);
    for (long id = 1; id <= count; id++) {
      Instant createdAt = Example.START.plusSeconds(random.nextInt(5));
      String trigger = random.nextInt(4) == 0 ? "backfill" : "schedule";
      Run run = example(random).queued(id, trigger, createdAt);
      var history = new RandomHistory(random);
      if (random.nextInt(3) > 0) {
        run = machine.apply(run, new Event.Admitted(), now);
      }
      int facts = random.nextInt(40);
      for (int fact = 0; fact < facts; fact++) {
        now = now.plus(Duration.ofSeconds(random.nextInt(20)));
        run = machine.apply(run, history.next(run, now, random.nextInt(4) == 0), now);
      }
      if (random.nextInt(6) == 0) {
        setAside.add(new SetAside(run, some(random, run.tasks().size())));
      } else {
        runs.add(run);
      }
    }
    var slots = new HashMap<String, Integer>();
    slots.put("licences", random.nextInt(4));
    slots.put("seats", random.nextInt(8));
    return new RandomSituation(
        runs, setAside, 1 + random.nextInt(20), slots, random.nextInt(12) - 1, now);
  }

  private static Example example(Random random) {
    var widths = new Integer[1 + random.nextInt(3)];
    for (int wave = 0; wave < widths.length; wave++) {
      widths[wave] = 1 + random.nextInt(6);
    }
    var policies = OverlapPolicy.values();
    Example example =
        Example.of(widths)
            .named(PIPELINES[random.nextInt(PIPELINES.length)])
            .overlap(policies[random.nextInt(policies.length)], 1 + random.nextInt(3))
            .priority(random.nextInt(3));
    if (random.nextInt(3) == 0) {
      example = example.parallelTaskLimit(1 + random.nextInt(4));
    }
    return random.nextInt(2) == 0 ? example.pool(POOLS[random.nextInt(POOLS.length)]) : example;
  }

  private static Set<Integer> some(Random random, int tasks) {
    var some = new TreeSet<Integer>();
    for (int index = 0; index < tasks; index++) {
      if (random.nextInt(3) == 0) {
        some.add(index);
      }
    }
    return some;
  }

  Dispatcher.Limits limits() {
    return new Dispatcher.Limits(tasksAtOnce, slots);
  }

  List<Dispatcher.Choice> chosen() {
    return Dispatcher.choose(runs, setAside, limits(), budget);
  }
}
