package dev.core.common.definition;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One use of a template.
 *
 * @param id of the record in the store; part of the task's key
 * @param template name of the template
 * @param graphOrder transformations of one state with equal order run in parallel
 * @param variables by name: those set, and the defaults of those not set
 * @param poolId of the pool that {@code resources} names, which may be renamed while runs are live;
 *     null: none, or not known
 * @param partitions in how many the task is split: a number, with {@code ${…}} not yet resolved;
 *     null: it is not split
 */
public record TransformationDefinition(
    long id,
    String template,
    int graphOrder,
    Map<String, VariableDefinition> variables,
    Resources resources,
    @Nullable Long poolId,
    @Nullable String partitions) {
  public TransformationDefinition {
    variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** Of which the id of the pool is not known. */
  public TransformationDefinition(
      long id,
      String template,
      int graphOrder,
      Map<String, VariableDefinition> variables,
      Resources resources) {
    this(id, template, graphOrder, variables, resources, null, null);
  }
}
