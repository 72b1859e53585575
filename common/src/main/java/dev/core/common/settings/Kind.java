package dev.core.common.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What texts a setting accepts.
 *
 * @param allowed says it to people
 */
record Kind(String allowed, Predicate<String> accepts) {

  static final Kind TEXT = new Kind("any text", _ -> true);

  static final Kind PATH = new Kind("a path", value -> value.indexOf('\0') < 0);

  /** A folder that may also be a bucket. */
  static final Kind ROOT =
      new Kind(
          "a folder, or s3://bucket",
          value -> !value.contains("://") || value.matches("s3://[^/]+(/.*)?"));

  static final Kind DATABASE_URL =
      new Kind(
          "jdbc:postgresql://host:port/database, postgresql://host:port/database or jdbc:h2:…",
          value -> value.matches("(jdbc:postgresql:|postgres(ql)?://|jdbc:h2:).+"));

  static Kind oneOf(String... values) {
    var all = List.of(values);
    return new Kind(String.join(", ", all), value -> all.contains(value.toLowerCase(Locale.ROOT)));
  }

  static Kind number(int from, int to) {
    var allowed =
        to == Integer.MAX_VALUE
            ? "a whole number, at least " + from
            : "a whole number from " + from + " to " + to;
    return new Kind(
        allowed,
        value -> {
          try {
            int number = Integer.parseInt(value);
            return number >= from && number <= to;
          } catch (NumberFormatException _) {
            return false;
          }
        });
  }

  static Kind matching(String allowed, String expression) {
    return new Kind(allowed, value -> value.matches(expression));
  }
}
