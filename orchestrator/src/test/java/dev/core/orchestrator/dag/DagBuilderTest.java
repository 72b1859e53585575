package dev.core.orchestrator.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import dev.core.orchestrator.dag.Dag.Edge;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DagBuilderTest {

  @Test
  void twoStatesWithThreeTransformationsGiveThreeWavesBehindSpacers() {
    Dag dag =
        DagBuilder.build(
            pipeline(
                "p",
                state("raw", 10, transformation(3, "extract", 0)),
                state("ingest", 20, transformation(4, "parse", 1), transformation(5, "load", 7))));

    assertThat(dag.nodes())
        .extracting(Dag.Node::key)
        .containsExactly(
            "raw_group_step_0",
            "p_raw_extract_3",
            "ingest_group_step_1",
            "p_ingest_parse_4",
            "ingest_group_step_2",
            "p_ingest_load_5");
    assertThat(dag.edges())
        .containsExactly(
            new Edge("raw_group_step_0", "p_raw_extract_3"),
            new Edge("p_raw_extract_3", "ingest_group_step_1"),
            new Edge("ingest_group_step_1", "p_ingest_parse_4"),
            new Edge("p_ingest_parse_4", "ingest_group_step_2"),
            new Edge("ingest_group_step_2", "p_ingest_load_5"));
  }

  @Test
  void aStateWithoutTransformationsGivesNoWaveAndCountsForNothing() {
    Dag dag =
        DagBuilder.build(
            pipeline(
                "p",
                state("raw", 10),
                state("ingest", 20, transformation(1, "a", 0)),
                state("master", 30),
                state("metrics", 60, transformation(2, "b", 5))));

    assertThat(dag.waves()).extracting(Dag.Wave::state).containsExactly("ingest", "metrics");
    assertThat(dag.nodes())
        .extracting(Dag.Node::key)
        .contains("ingest_group_step_0", "metrics_group_step_1");
  }

  @Test
  void aPipelineWithoutTransformationsGivesAnEmptyDag() {
    Dag dag = DagBuilder.build(pipeline("p", state("raw", 10)));

    assertThat(dag.nodes()).isEmpty();
    assertThat(dag.edges()).isEmpty();
  }

  @Test
  void statesAreOrderedByTheirNumberNotByTheirPlaceInTheList() {
    Dag dag =
        DagBuilder.build(
            pipeline(
                "p",
                state("metrics", -5, transformation(1, "a", 0)),
                state("raw", -60, transformation(2, "b", 0))));

    assertThat(dag.waves()).extracting(Dag.Wave::state).containsExactly("raw", "metrics");
  }

  @Test
  void keysAreLowerCase() {
    Dag dag = DagBuilder.build(pipeline("Flights", state("RAW", 1, transformation(9, "Copy", 0))));

    assertThat(dag.nodes())
        .extracting(Dag.Node::key)
        .containsExactly("raw_group_step_0", "flights_raw_copy_9");
  }

  @Test
  void anyPipelineHasOneSpacerAWaveAndAsManyEdgesAsTasksOnBothItsSides() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      PipelineDefinition pipeline = randomPipeline(random);
      Dag dag = DagBuilder.build(pipeline);

      var waves = new HashMap<List<Integer>, Integer>();
      pipeline
          .states()
          .forEach(state ->
              state
                  .transformations()
                  .forEach(transformation ->
                      waves.merge(
                          List.of(state.graphOrder(), transformation.graphOrder()),
                          1,
                          Integer::sum)));
      int tasks = waves.values().stream().mapToInt(n -> n).sum();
      int last = dag.waves().isEmpty() ? 0 : dag.waves().getLast().size();
      assertThat(dag.waves()).as("seed %d", seed).hasSize(waves.size());
      assertThat(dag.nodes()).as("seed %d", seed).hasSize(tasks + waves.size());
      assertThat(dag.edges()).as("seed %d", seed).hasSize(tasks + tasks - last);
      assertThat(new HashSet<>(dag.nodes().stream().map(Dag.Node::key).toList()))
          .as("seed %d: keys are unique", seed)
          .hasSize(dag.nodes().size());
      assertThat(dag.nodes())
          .as("seed %d: nodes stand at their index", seed)
          .allSatisfy(node -> assertThat(dag.nodes().get(node.index())).isSameAs(node));
      Map<String, Integer> indexes = dag.indexes();
      assertThat(dag.edges())
          .as("seed %d: edges lead forward", seed)
          .allSatisfy(edge ->
              assertThat(indexes.get(edge.upstream())).isLessThan(indexes.get(edge.downstream())));
      assertThat(DagBuilder.build(shuffled(pipeline, random)))
          .as("seed %d: the order of the records means nothing", seed)
          .isEqualTo(dag);
    }
  }

  @Test
  void tenThousandTransformationsAreBuiltQuickly() {
    TransformationDefinition[] wide =
        IntStream.range(0, 10_000)
            .mapToObj(i -> transformation(i, "t", i % 20))
            .toArray(TransformationDefinition[]::new);
    PipelineDefinition pipeline = pipeline("p", state("raw", 1, wide));
    DagBuilder.build(pipeline);

    long start = System.nanoTime();
    Dag dag = DagBuilder.build(pipeline);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(dag.nodes()).hasSize(10_020);
    assertThat(took).isLessThan(Duration.ofMillis(100));
  }

  private static PipelineDefinition randomPipeline(Random random) {
    var states = new ArrayList<StateDefinition>();
    long id = 0;
    for (int i = 0; i < random.nextInt(6); i++) {
      var transformations = new ArrayList<TransformationDefinition>();
      for (int j = 0; j < random.nextInt(9); j++) {
        transformations.add(
            transformation(id++, "t" + random.nextInt(3), random.nextInt(4) * 10 - 10));
      }
      states.add(
          state("state" + i, i * 7 - 3, transformations.toArray(TransformationDefinition[]::new)));
    }
    return pipeline("p", states.toArray(StateDefinition[]::new));
  }

  private static PipelineDefinition shuffled(PipelineDefinition pipeline, Random random) {
    var states = new ArrayList<StateDefinition>();
    for (StateDefinition state : pipeline.states()) {
      var transformations = new ArrayList<>(state.transformations());
      Collections.shuffle(transformations, random);
      states.add(new StateDefinition(state.state(), state.graphOrder(), transformations));
    }
    Collections.shuffle(states, random);
    return pipeline(pipeline.name(), states.toArray(StateDefinition[]::new));
  }

  private static PipelineDefinition pipeline(String name, StateDefinition... states) {
    return new PipelineDefinition(
        name,
        "client",
        "brand",
        null,
        "type",
        null,
        null,
        "UTC",
        null,
        false,
        OverlapPolicy.QUEUE,
        1,
        0,
        null,
        List.of(),
        List.of(states));
  }

  private static StateDefinition state(
      String name, int order, TransformationDefinition... transformations) {
    return new StateDefinition(name, order, List.of(transformations));
  }

  private static TransformationDefinition transformation(long id, String template, int order) {
    return new TransformationDefinition(
        id, template, order, Map.of(), new Resources(BigDecimal.ONE, 128, 60, 1, 0, null, null));
  }
}
