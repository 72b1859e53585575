package dev.core.common.variables;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The closed list of values that a variable may have. */
public final class Allowed {

  private Allowed() {}

  /**
   * Why the value is not one of the list; both are compared in the normal form of the datatype. An
   * empty list allows everything.
   */
  public static Optional<String> problem(
      List<String> allowed, Datatype datatype, Direction direction, TypedValue value, ZoneId zone) {
    if (allowed.isEmpty() || allowed.contains(value.text())) {
      return Optional.empty();
    }
    for (String each : allowed) {
      if (TypedValue.read(datatype, direction, each, zone)
              instanceof Checked.Valid<TypedValue>(var one)
          && one.text().equals(value.text())) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "%s is not allowed%s; allowed: %s"
            .formatted(
                Quoted.text(value.text()),
                Nearest.hint(value.text(), allowed),
                String.join(", ", allowed)));
  }
}
