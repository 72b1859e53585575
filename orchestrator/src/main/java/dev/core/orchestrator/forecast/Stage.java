package dev.core.orchestrator.forecast;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What courses are played on: a sealed definition, and the conditions. Immutable. */
record Stage(RunPlan plan, Conditions conditions) {

  /** Odd, so that no two courses of a seed begin alike. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  static Stage of(PipelineDefinition definition, Conditions conditions) {
    // No run will ever be sealed under this digest.
    return new Stage(RunPlan.of(conditions.limiting(definition), "forecast"), conditions);
  }

  /**
   * @param works of each node, by index
   */
  Playthrough usual(List<Work> works) {
    return play(works, Work::typical);
  }

  private Playthrough drawn(List<Work> works, RandomGenerator random) {
    return play(works, work -> work.drawn(random));
  }

  /** Spacers draw nothing, and tasks in their order: other limits meet the same durations. */
  private Playthrough play(List<Work> works, Function<Work, List<Try>> tries) {
    var all = new ArrayList<List<Try>>(works.size());
    for (Dag.Node node : plan.dag().nodes()) {
      all.add(
          node instanceof Dag.Transformation
              ? tries.apply(works.get(node.index()))
              : List.<Try>of());
    }
    return VirtualRun.play(plan, all, conditions);
  }

  /** The same seed gives the same courses. One is enough where chance has nothing to decide. */
  Spread spread(List<Work> works, Chance chance) {
    boolean varies = works.stream().anyMatch(Work::varies);
    return Spread.of(
        IntStream.range(0, varies ? chance.runs() : 1)
            .parallel()
            .mapToObj(number ->
                Spread.Course.of(
                    drawn(works, new SplittableRandom(chance.seed() + number * STRIDE))))
            .toList());
  }
}
