package dev.core.common.variables;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The texts that each datatype accepts. */
final class TypedText {

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,30}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

  /** A few digits can stand for a number that fills the memory; this many places are plenty. */
  private static final int MOST_PLACES = 1000;

  private static final Pattern SECRET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*){0,3}");

  private TypedText() {}

  static Checked<TypedValue> read(
      Datatype datatype, Direction direction, String text, ZoneId zone) {
    var stripped = text.strip();
    return switch (datatype) {
      case STRING -> string(text);
      case INTEGER -> integer(stripped);
      case DECIMAL -> decimal(stripped);
      case BOOLEAN -> truth(stripped);
      case DATE -> date(stripped);
      case DATETIME -> datetime(stripped, zone);
      case JSON -> json(stripped);
      case SECRET -> secret(stripped);
      case DATASET -> direction == Direction.OUTPUT ? output(stripped) : inputs(stripped);
    };
  }

  private static Checked<TypedValue> string(String text) {
    return Storable.problem(text)
        .map(Checked::<TypedValue>invalid)
        .orElseGet(() -> Checked.valid(new TypedValue.Text(text)));
  }

  private static Checked<TypedValue> integer(String text) {
    if (INTEGER.matcher(text).matches()) {
      try {
        return Checked.valid(new TypedValue.Whole(Long.parseLong(text)));
      } catch (NumberFormatException e) {
        return Checked.invalid(
            Quoted.text(text)
                + " is out of range for an integer; allowed: "
                + Long.MIN_VALUE
                + " to "
                + Long.MAX_VALUE);
      }
    }
    return no(text, "integer", "digits, with a sign before them if need be");
  }

  private static Checked<TypedValue> decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return no(text, "decimal", "such as -12.5 or 1e6");
    }
    var value = new BigDecimal(text);
    if (Math.abs(value.scale()) > MOST_PLACES || value.precision() > MOST_PLACES) {
      return Checked.invalid(
          Quoted.text(text) + " has more than " + MOST_PLACES + " places, too many for a decimal");
    }
    return Checked.valid(new TypedValue.Decimal(value));
  }

  private static Checked<TypedValue> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Checked.valid(new TypedValue.Truth(true));
      case "false" -> Checked.valid(new TypedValue.Truth(false));
      default -> no(text, "boolean", "true or false");
    };
  }

  private static Checked<TypedValue> date(String text) {
    try {
      var day = LocalDate.parse(text);
      return isInOurEra(day.getYear())
          ? Checked.valid(new TypedValue.Day(day))
          : years(text, "date");
    } catch (DateTimeException e) {
      return no(text, "date", "a day that exists, as yyyy-mm-dd");
    }
  }

  private static Checked<TypedValue> datetime(String text, ZoneId zone) {
    var iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    try {
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              iso, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
      var moment =
          switch (parsed) {
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            default -> LocalDateTime.from(parsed).atZone(zone).toInstant();
          };
      return isInOurEra(moment.atOffset(ZoneOffset.UTC).getYear())
          ? Checked.valid(new TypedValue.Moment(moment))
          : years(text, "datetime");
    } catch (DateTimeException e) {
      return no(text, "datetime", "such as 2026-01-31T08:30:00Z, or without offset in " + zone);
    }
  }

  /** What every database can store. */
  private static boolean isInOurEra(int year) {
    return year >= 1 && year <= 9999;
  }

  private static Checked<TypedValue> years(String text, String datatype) {
    return Checked.invalid(
        Quoted.text(text)
            + " is out of range for a "
            + datatype
            + "; allowed: the years 1 to 9999");
  }

  private static Checked<TypedValue> json(String text) {
    try {
      var node = Json.written(text);
      return node.isMissingNode()
          ? Checked.invalid("empty text is not json")
          : Checked.valid(new TypedValue.Document(node));
    } catch (Json.MalformedJson e) {
      return Checked.invalid(Quoted.text(text) + " is not json: " + e.getMessage());
    }
  }

  private static Checked<TypedValue> secret(String text) {
    // The text is not shown: somebody may have put the secret itself where its name belongs.
    return SECRET.matcher(text).matches()
        ? Checked.valid(new TypedValue.SecretName(text))
        : Checked.invalid(
            "not the name of a secret: up to four parts of letters, digits, '_', '.' and '-',"
                + " separated by '/'");
  }

  private static Checked<TypedValue> inputs(String text) {
    return DatasetReference.parseAll(text)
        .map(references -> new TypedValue.DatasetInputs(text, references));
  }

  private static Checked<TypedValue> output(String text) {
    return Names.problem(text)
        .map(problem -> Checked.<TypedValue>invalid("dataset to write: " + problem))
        .orElseGet(() -> Checked.valid(new TypedValue.DatasetOutput(text)));
  }

  private static Checked<TypedValue> no(String text, String datatype, String allowed) {
    var article = datatype.startsWith("i") ? "an " : "a ";
    return Checked.invalid(
        Quoted.text(text) + " is not " + article + datatype + " (" + allowed + ")");
  }
}
