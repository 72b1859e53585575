package dev.core.common.configuration.yaml;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.variables.Checked;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.TypedValue;
import java.math.BigDecimal;
import java.time.ZoneId;

/** Values of a file in the normal form in which they are compared with the store's. */
final class ScalarText {

  private static final BigDecimal MOST = new BigDecimal("9999.99");

  /** Enough for ever, and far from where the database could give no more ids. */
  private static final long MOST_ID = 1_000_000_000_000L;

  private ScalarText() {}

  static Checked<String> normal(Column.Type type, String text) {
    return switch (type) {
      case TEXT, STRUCTURES -> Checked.valid(text);
      case BOOLEAN -> read(Datatype.BOOLEAN, text).map(TypedValue::text);
      case ID -> id(text);
      case INTEGER -> integer(text);
      case DECIMAL -> decimal(text);
      case TIMESTAMP -> read(Datatype.DATETIME, text).map(TypedValue::text);
    };
  }

  private static Checked<TypedValue> read(Datatype datatype, String text) {
    return TypedValue.read(datatype, Direction.INPUT, text, ZoneId.of("UTC"));
  }

  private static Checked<String> id(String text) {
    return switch (read(Datatype.INTEGER, text)) {
      case Checked.Valid<TypedValue>(TypedValue.Whole(long value))
          when value < 1 || value > MOST_ID ->
          Checked.invalid("%s must be from 1 to %d".formatted(Quoted.text(text), MOST_ID));
      case Checked.Valid<TypedValue>(var value) -> Checked.valid(value.text());
      case Checked.Invalid<TypedValue>(var problems) -> new Checked.Invalid<>(problems);
    };
  }

  private static Checked<String> integer(String text) {
    return switch (read(Datatype.INTEGER, text)) {
      case Checked.Valid<TypedValue>(TypedValue.Whole(long value))
          when value > Integer.MAX_VALUE || value < Integer.MIN_VALUE ->
          Checked.invalid(
              "%s is out of range; allowed: %d to %d"
                  .formatted(Quoted.text(text), Integer.MIN_VALUE, Integer.MAX_VALUE));
      case Checked.Valid<TypedValue>(var value) -> Checked.valid(value.text());
      case Checked.Invalid<TypedValue>(var problems) -> new Checked.Invalid<>(problems);
    };
  }

  private static Checked<String> decimal(String text) {
    return switch (read(Datatype.DECIMAL, text)) {
      case Checked.Valid<TypedValue>(TypedValue.Decimal(var value))
          when value.stripTrailingZeros().scale() > 2 || value.abs().compareTo(MOST) > 0 ->
          Checked.invalid(
              Quoted.text(text) + " must have at most two decimals and be at most " + MOST);
      case Checked.Valid<TypedValue>(var value) ->
          Checked.valid(StoredRows.decimal(new BigDecimal(value.text())));
      case Checked.Invalid<TypedValue>(var problems) -> new Checked.Invalid<>(problems);
    };
  }
}
