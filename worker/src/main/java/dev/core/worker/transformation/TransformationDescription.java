package dev.core.worker.transformation;

import dev.core.common.definition.Resources;
import dev.core.common.variables.VariableStructure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a transformation says of itself; the template in the store is published from it.
 *
 * @param name unique; lower case letters, digits and underscores
 * @param text what it does, for people
 * @param variables by name, in the order in which people should read them
 * @param stateType the only state it may be used in; null: any
 * @param resources by default; null: the store's defaults
 */
public record TransformationDescription(
    String name,
    String text,
    Map<String, VariableStructure> variables,
    @Nullable String stateType,
    @Nullable Resources resources) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public TransformationDescription {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a transformation's name is lower case letters, digits and underscores, not '"
              + name
              + "'");
    }
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** A description without variables, for any state. */
  public static TransformationDescription of(String name, String text) {
    return new TransformationDescription(name, text, Map.of(), null, null);
  }

  /** The same with one more variable. */
  public TransformationDescription with(String variable, VariableStructure structure) {
    var more = new LinkedHashMap<>(variables);
    if (more.put(variable, structure) != null) {
      throw new IllegalArgumentException(name + " declares variable '" + variable + "' twice");
    }
    return new TransformationDescription(name, text, more, stateType, resources);
  }

  /** The same, bound to one state type. */
  public TransformationDescription onlyIn(String state) {
    return new TransformationDescription(name, text, variables, state, resources);
  }

  /** The same with default resources. */
  public TransformationDescription with(Resources defaults) {
    return new TransformationDescription(name, text, variables, stateType, defaults);
  }
}
