package dev.core.common.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a transformation as the run seals it.
 *
 * @param direction for datasets: read or written; {@link Direction#INPUT} for every other datatype
 * @param value its text, with {@code ${…}} not yet resolved
 * @param allowed the only values that it may resolve to; empty: any
 */
public record VariableDefinition(
    Datatype datatype,
    Direction direction,
    String value,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> allowed) {

  /** Definitions that were sealed before there were closed lists have none. */
  public VariableDefinition(
      Datatype datatype, Direction direction, String value, @Nullable List<String> allowed) {
    this.datatype = datatype;
    this.direction = direction;
    this.value = value;
    this.allowed = allowed == null ? List.of() : List.copyOf(allowed);
  }

  /** One that may be anything of its datatype. */
  public VariableDefinition(Datatype datatype, Direction direction, String value) {
    this(datatype, direction, value, List.of());
  }

  /** Whether a dataset is read or written. */
  public enum Direction {
    INPUT,
    OUTPUT
  }
}
