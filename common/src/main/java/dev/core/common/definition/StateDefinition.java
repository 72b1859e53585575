package dev.core.common.definition;

import java.util.List;

/**
 * A stage of a pipeline.
 *
 * @param state name of its state type, such as {@code ingest}
 * @param graphOrder orders the states of a pipeline; gaps mean nothing
 * @param transformations by graph order, then id
 */
public record StateDefinition(
    String state, int graphOrder, List<TransformationDefinition> transformations) {
  public StateDefinition {
    transformations = List.copyOf(transformations);
  }
}
