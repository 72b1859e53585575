package dev.core.common.variables;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template declares of one of its variables.
 *
 * @param defaultValue text, as if it were set, {@code ${…}} included; null: none
 * @param required whether it must be set; never when there is a default
 * @param direction for datasets; {@link Direction#INPUT} for every other datatype
 * @param allowed the only texts it may resolve to; empty: any
 */
public record VariableStructure(
    Datatype datatype,
    @Nullable String description,
    @Nullable String defaultValue,
    boolean required,
    Direction direction,
    List<String> allowed) {

  /** So many characters a variable may have; what is longer belongs into a file. */
  public static final int LONGEST_TEXT = 1024 * 1024;

  public VariableStructure {
    allowed = List.copyOf(allowed);
    if (required && defaultValue != null) {
      throw new IllegalArgumentException("a variable with a default cannot be required");
    }
    if (direction == Direction.OUTPUT && datatype != Datatype.DATASET) {
      throw new IllegalArgumentException("only a dataset can be an output");
    }
  }

  /** A variable that must be set and may be anything of its datatype. */
  public static VariableStructure required(Datatype datatype, String description) {
    return new VariableStructure(datatype, description, null, true, Direction.INPUT, List.of());
  }

  /** A variable that has a value also when nobody sets it. */
  public static VariableStructure withDefault(
      Datatype datatype, String description, String defaultValue) {
    return new VariableStructure(
        datatype, description, defaultValue, false, Direction.INPUT, List.of());
  }

  /** A variable that may be absent. */
  public static VariableStructure optional(Datatype datatype, String description) {
    return new VariableStructure(datatype, description, null, false, Direction.INPUT, List.of());
  }

  /** A dataset that the transformation writes. */
  public static VariableStructure output(String description) {
    return new VariableStructure(
        Datatype.DATASET, description, null, true, Direction.OUTPUT, List.of());
  }

  /** A dataset that the transformation writes when it is named. */
  public static VariableStructure optionalOutput(String description) {
    return new VariableStructure(
        Datatype.DATASET, description, null, false, Direction.OUTPUT, List.of());
  }

  /** The same with a closed list of values. */
  public VariableStructure oneOf(String... values) {
    return new VariableStructure(
        datatype, description, defaultValue, required, direction, List.of(values));
  }
}
