package dev.core.orchestrator.forecast;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.dag.DagBuilder;
import dev.core.orchestrator.engine.Example;
import dev.core.orchestrator.engine.Pools;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline in which every wave is a state, and what its tasks take. Tasks are called by the
 * numbers of their transformations, from 1.
 */
final class Waves {

  static final Duration RETRY_DELAY = Duration.ofSeconds(60);
  static final Duration TIMEOUT = Duration.ofHours(10);

  private final List<List<Work>> waves = new ArrayList<>();
  private @Nullable String pool;

  /** A wave of tasks that take so many seconds each. */
  Waves wave(int... seconds) {
    var wave = new ArrayList<Work>();
    for (int each : seconds) {
      wave.add(new Work.Given(Duration.ofSeconds(each)));
    }
    waves.add(wave);
    return this;
  }

  Waves wave(Work... works) {
    waves.add(List.of(works));
    return this;
  }

  Waves inPool(String name) {
    pool = name;
    return this;
  }

  PipelineDefinition definition() {
    var states = new ArrayList<StateDefinition>();
    long id = 0;
    for (int wave = 0; wave < waves.size(); wave++) {
      var transformations = new ArrayList<TransformationDefinition>();
      for (int i = 0; i < waves.get(wave).size(); i++) {
        transformations.add(
            new TransformationDefinition(++id, "work", 0, Map.of(), resources(), null, null));
      }
      states.add(new StateDefinition("stage_" + wave, wave, transformations));
    }
    return new PipelineDefinition(
        "flights",
        "acme",
        "road",
        null,
        "test",
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
        states);
  }

  private Resources resources() {
    return new Resources(
        BigDecimal.ONE,
        128,
        (int) TIMEOUT.toSeconds(),
        2,
        (int) RETRY_DELAY.toSeconds(),
        pool,
        null);
  }

  Map<String, Work> works() {
    var works = new HashMap<String, Work>();
    Dag dag = DagBuilder.build(definition());
    for (Dag.Wave wave : dag.waves()) {
      for (Dag.Node node : dag.transformations(wave)) {
        works.put(node.key(), waves.get(wave.number()).get(node.index() - wave.spacer() - 1));
      }
    }
    return works;
  }

  static Conditions unlimited() {
    return new Conditions(null, Integer.MAX_VALUE, List.of(), Integer.MAX_VALUE, Example.POLICY);
  }

  static Conditions pool(String name, int slots) {
    return new Conditions(
        null,
        Integer.MAX_VALUE,
        List.of(new Pools.Pool(7, name, slots)),
        Integer.MAX_VALUE,
        Example.POLICY);
  }

  static Conditions backendSlots(int slots) {
    return new Conditions(null, Integer.MAX_VALUE, List.of(), slots, Example.POLICY);
  }

  Forecast under(Conditions conditions) {
    return Forecast.of(definition(), works(), conditions, List.of(), new Chance(100, 1));
  }

  Playthrough usual(Conditions conditions) {
    return under(conditions).usual();
  }
}
