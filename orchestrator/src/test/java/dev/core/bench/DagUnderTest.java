package dev.core.bench;

import dev.core.bench.Report.DagFigure;
import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.RunPlan;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How long the DAG of ten thousand transformations takes to build, and to seal. */
final class DagUnderTest {

  private static final int TIMES = 21;

  private DagUnderTest() {}

  static DagFigure measure() {
    Bench.say("DAG of 10,000 transformations …");
    var definition = Example.of(2_500, 2_500, 2_500, 2_500).definition();
    var build = median(() -> RunPlan.of(definition, "-").dag().nodes().size());
    var seal = median(() -> PipelineDefinition.sha256(definition.canonicalJson()).length());
    return new DagFigure(10_000, build, seal);
  }

  private interface Work {
    int done();
  }

  private static double median(Work work) {
    var times =
        IntStream.range(0, TIMES)
            .mapToDouble(_ -> {
              long start = System.nanoTime();
              if (work.done() == 0) {
                throw new IllegalStateException("nothing was made");
              }
              return (System.nanoTime() - start) / 1e6;
            })
            .toArray();
    Arrays.sort(times);
    return times[TIMES / 2];
  }
}
