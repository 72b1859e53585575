package dev.core.common.definition;

/**
 * A variable of a transformation as the run seals it.
 *
 * @param direction for datasets: read or written; {@link Direction#INPUT} for every other datatype
 * @param value its text, with {@code ${…}} not yet resolved
 */
public record VariableDefinition(Datatype datatype, Direction direction, String value) {

  /** Whether a dataset is read or written. */
  public enum Direction {
    INPUT,
    OUTPUT
  }
}
