package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A type that text is turned into.
 *
 * @param sql its name in DuckDB
 */
record IngestType(Kind kind, String sql) {

  static final String ALLOWED =
      "string, integer, decimal, decimal(<digits>,<places>), double, boolean, date, datetime, time";

  /** Narrowest first: the order in which they are tried on columns that nobody declared. */
  static final List<IngestType> INFERRED =
      List.of(of("integer"), of("double"), of("boolean"), of("date"), of("datetime"));

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),\\s*(\\d{1,2})\\)");
  private static final String NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?";

  enum Kind {
    STRING,
    INTEGER,
    DECIMAL,
    DOUBLE,
    BOOLEAN,
    DATE,
    DATETIME,
    TIME
  }

  private static IngestType of(String name) {
    return parse(name).orElseThrow();
  }

  /** The type of that name, if there is one. */
  static Optional<IngestType> parse(String name) {
    return switch (name) {
      case "string" -> Optional.of(new IngestType(Kind.STRING, "varchar"));
      case "integer" -> Optional.of(new IngestType(Kind.INTEGER, "bigint"));
      case "decimal" -> Optional.of(new IngestType(Kind.DECIMAL, "decimal(18,6)"));
      case "double" -> Optional.of(new IngestType(Kind.DOUBLE, "double"));
      case "boolean" -> Optional.of(new IngestType(Kind.BOOLEAN, "boolean"));
      case "date" -> Optional.of(new IngestType(Kind.DATE, "date"));
      case "datetime" -> Optional.of(new IngestType(Kind.DATETIME, "timestamp"));
      case "time" -> Optional.of(new IngestType(Kind.TIME, "time"));
      default -> {
        var decimal = DECIMAL.matcher(name);
        yield decimal.matches() && fits(decimal.group(1), decimal.group(2))
            ? Optional.of(new IngestType(Kind.DECIMAL, name))
            : Optional.empty();
      }
    };
  }

  private static boolean fits(String digits, String places) {
    int all = Integer.parseInt(digits);
    return all >= 1 && all <= 38 && Integer.parseInt(places) <= all;
  }

  /** Text as a value; null where it is none. A cast alone would round, and take '1.5' for 2. */
  String value(String text, List<String> formats) {
    var cast = "try_cast(" + text + " as " + sql + ")";
    return switch (kind) {
      case STRING -> text;
      case INTEGER -> matching(text, "[+-]?[0-9]+", cast);
      case DECIMAL, DOUBLE -> matching(text, NUMBER, cast);
      case BOOLEAN ->
          "case when lower(%1$s) in ('true', 't', 'yes', 'y', '1') then true when lower(%1$s) in ('false', 'f', 'no', 'n', '0') then false end"
              .formatted(text);
      case DATE, DATETIME, TIME ->
          formats.isEmpty()
              ? cast
              : "try_strptime("
                  + text
                  + formats.stream()
                      .map(DuckSession::literal)
                      .collect(Collectors.joining(", ", ", [", "])::" + sql));
    };
  }

  /** Stricter than {@link #value}, for columns that nobody declared: no zero is lost, no 1 true. */
  String inferred(String text) {
    return switch (kind) {
      case INTEGER -> matching(text, "0|[+-]?[1-9][0-9]*", "try_cast(" + text + " as bigint)");
      case DOUBLE ->
          matching(text, "[+-]?(0|[1-9][0-9]*)([.][0-9]+)?", "try_cast(" + text + " as double)");
      case BOOLEAN -> "case when lower(" + text + ") in ('true', 'false') then true end";
      case DATE -> matching(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}", value(text, List.of()));
      case STRING, DECIMAL, DATETIME, TIME -> value(text, List.of());
    };
  }

  String expected() {
    return switch (kind) {
      case STRING -> "text";
      case INTEGER -> "a whole number";
      case DECIMAL -> "a number of at most " + sql;
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case DATE -> "a date";
      case DATETIME -> "a date and time";
      case TIME -> "a time";
    };
  }

  private static String matching(String text, String pattern, String cast) {
    return "case when regexp_full_match(" + text + ", '" + pattern + "') then " + cast + " end";
  }
}
