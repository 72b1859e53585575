package dev.core.orchestrator.dag;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Builds the DAG of a pipeline. Waves are the distinct pairs (graph order of the state, graph order
 * of the transformation), sorted; gaps in the numbers mean nothing, and a state without
 * transformations gives no wave.
 */
public final class DagBuilder {

  private final List<Dag.Wave> waves = new ArrayList<>();
  private final List<Dag.Node> nodes = new ArrayList<>();

  private DagBuilder() {}

  /** The same definition always gives the same DAG, in whatever order its parts are listed. */
  public static Dag build(PipelineDefinition pipeline) {
    var builder = new DagBuilder();
    pipeline.states().stream()
        .sorted(Comparator.comparingInt(StateDefinition::graphOrder))
        .forEach(state -> builder.add(pipeline.name(), state));
    return new Dag(pipeline.name(), builder.waves, builder.nodes);
  }

  private void add(String pipeline, StateDefinition state) {
    var byOrder = new TreeMap<Integer, List<TransformationDefinition>>();
    for (TransformationDefinition transformation : state.transformations()) {
      byOrder
          .computeIfAbsent(transformation.graphOrder(), _ -> new ArrayList<>())
          .add(transformation);
    }
    byOrder.values().forEach(wave -> addWave(pipeline, state.state(), wave));
  }

  private void addWave(
      String pipeline, String state, List<TransformationDefinition> transformations) {
    int number = waves.size();
    int spacer = nodes.size();
    String spacerKey = (state + "_group_step_" + number).toLowerCase(Locale.ROOT);
    nodes.add(new Dag.Spacer(spacer, spacerKey, number, state));
    transformations.sort(Comparator.comparingLong(TransformationDefinition::id));
    for (TransformationDefinition transformation : transformations) {
      String key = taskKey(pipeline, state, transformation.template(), transformation.id());
      nodes.add(new Dag.Transformation(nodes.size(), key, number, state, transformation));
    }
    waves.add(new Dag.Wave(number, state, spacer, nodes.size()));
  }

  /** {@code <pipeline>_<state>_<template>_<transformation id>}, lower case. */
  public static String taskKey(String pipeline, String state, String template, long id) {
    return (pipeline + "_" + state + "_" + template + "_" + id).toLowerCase(Locale.ROOT);
  }
}
