package dev.core.common.definition;

import java.util.Map;
import java.util.TreeMap;

/**
 * One use of a template.
 *
 * @param id of the record in the store; part of the task's key
 * @param template name of the template
 * @param graphOrder transformations of one state with equal order run in parallel
 * @param variables by name: those set, and the defaults of those not set
 */
public record TransformationDefinition(
    long id,
    String template,
    int graphOrder,
    Map<String, VariableDefinition> variables,
    Resources resources) {
  public TransformationDefinition {
    variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
  }
}
