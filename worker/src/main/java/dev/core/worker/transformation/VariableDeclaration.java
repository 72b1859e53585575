package dev.core.worker.transformation;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A typed variable, as a transformation declares it.
 *
 * @param direction of a dataset; {@link Direction#INPUT} for every other datatype
 * @param defaultValue its text when it is not set; null: none
 * @param required whether it must be set when there is no default
 * @param allowed the only values it may have; empty: any
 */
public record VariableDeclaration(
    Datatype datatype,
    Direction direction,
    String description,
    @Nullable String defaultValue,
    boolean required,
    List<String> allowed) {

  public VariableDeclaration {
    allowed = List.copyOf(allowed);
  }

  /** A variable that must be set. */
  public static VariableDeclaration required(Datatype datatype, String description) {
    return new VariableDeclaration(datatype, Direction.INPUT, description, null, true, List.of());
  }

  /** A variable that may be left out. */
  public static VariableDeclaration optional(Datatype datatype, String description) {
    return new VariableDeclaration(datatype, Direction.INPUT, description, null, false, List.of());
  }

  /** A variable that has this value when it is left out. */
  public static VariableDeclaration byDefault(
      Datatype datatype, String defaultValue, String description) {
    return new VariableDeclaration(
        datatype, Direction.INPUT, description, defaultValue, false, List.of());
  }

  /** The same, for a dataset that is written. */
  public VariableDeclaration written() {
    return new VariableDeclaration(
        datatype, Direction.OUTPUT, description, defaultValue, required, allowed);
  }

  /** The same with a closed list of values. */
  public VariableDeclaration oneOf(String... values) {
    return new VariableDeclaration(
        datatype, direction, description, defaultValue, required, List.of(values));
  }
}
