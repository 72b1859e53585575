package dev.core.common.variables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A text read as its datatype. Reading its own {@link #text()} again gives the same value. */
public sealed interface TypedValue {

  /** The value in its normal form. */
  String text();

  record Text(String text) implements TypedValue {}

  record Whole(long value) implements TypedValue {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  record Decimal(BigDecimal value) implements TypedValue {
    public Decimal {
      value = value.scale() < 0 ? value.setScale(0) : value;
    }

    @Override
    public String text() {
      return value.toPlainString();
    }
  }

  record Truth(boolean value) implements TypedValue {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  record Day(LocalDate value) implements TypedValue {
    @Override
    public String text() {
      return value.toString();
    }
  }

  record Moment(Instant value) implements TypedValue {
    @Override
    public String text() {
      return value.toString();
    }
  }

  record Document(JsonNode value) implements TypedValue {
    @Override
    public String text() {
      return Json.write(value);
    }
  }

  /** The name of a secret, which the worker resolves; never its value. */
  record SecretName(String text) implements TypedValue {}

  record DatasetInputs(String text, List<DatasetReference> references) implements TypedValue {
    public DatasetInputs {
      references = List.copyOf(references);
    }
  }

  /** The name of a dataset to write; its state is that of the transformation. */
  record DatasetOutput(String text) implements TypedValue {}

  /**
   * Reads a text without {@code ${…}}. Strings are taken as they are; around everything else space
   * is ignored.
   *
   * @param zone of a datetime that is written without an offset
   */
  static Checked<TypedValue> read(
      Datatype datatype, Direction direction, String text, ZoneId zone) {
    return TypedText.read(datatype, direction, text, zone);
  }
}
