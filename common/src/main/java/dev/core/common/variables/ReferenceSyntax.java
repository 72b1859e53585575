package dev.core.common.variables;

import dev.core.common.variables.Reference.FactName;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands between the braces. */
final class ReferenceSyntax {

  private static final String DATE = "logical_date";
  private static final String PARAMETER = "parameter.";
  private static final String TASK = "task.";

  private ReferenceSyntax() {}

  static Reference parse(String text) {
    int colon = text.indexOf(':');
    var name = colon < 0 ? text : text.substring(0, colon);
    if (name.equals(DATE)) {
      return colon < 0
          ? new Reference.LogicalDate(text, null)
          : date(text, text.substring(colon + 1));
    }
    if (colon >= 0) {
      return unknown(
          text, "only logical_date takes a format, as in ${logical_date:yyyy-MM-dd}" + hint(name));
    }
    if (name.startsWith(PARAMETER)) {
      var parameter = name.substring(PARAMETER.length());
      return Names.problem(parameter)
          .<Reference>map(problem -> unknown(text, "after 'parameter.' comes a name: " + problem))
          .orElseGet(() -> new Reference.Parameter(parameter));
    }
    if (name.startsWith(TASK)) {
      return task(text);
    }
    for (FactName fact : FactName.values()) {
      if (fact.text().equals(name)) {
        return new Reference.Fact(fact);
      }
    }
    return unknown(text, "unknown" + hint(name) + "; for a literal '${' write '$${'");
  }

  private static String hint(String name) {
    return Nearest.hint(name, names());
  }

  private static List<String> names() {
    var names = new ArrayList<String>();
    names.add(DATE);
    for (FactName fact : FactName.values()) {
      names.add(fact.text());
    }
    return names;
  }

  private static Reference task(String text) {
    var parts = text.split("\\.", -1);
    boolean complete = parts.length >= 3 && parts[2].equals("result");
    for (String part : parts) {
      complete &= !part.isEmpty();
    }
    if (!complete) {
      return unknown(text, "a task's result is written ${task.<task key>.result.<property>}");
    }
    return new Reference.TaskResult(text, parts[1], List.of(parts).subList(3, parts.length));
  }

  private static Reference date(String text, String pattern) {
    if (pattern.isBlank()) {
      return unknown(text, "the date format is empty; write one such as yyyy-MM-dd");
    }
    try {
      var format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      // A pattern may be well-formed and yet ask for what a zoned time does not have.
      var _ = format.format(ZonedDateTime.of(2026, 1, 31, 0, 0, 0, 0, ZoneOffset.UTC));
      var trap = trap(pattern);
      return trap.isEmpty()
          ? new Reference.LogicalDate(text, format)
          : unknown(text, "bad date format '" + pattern + "': " + trap);
    } catch (IllegalArgumentException | DateTimeException e) {
      return unknown(text, "bad date format '" + pattern + "': " + e.getMessage());
    }
  }

  /** Formats that work on the day they are tried and give wrong dates on others. */
  private static String trap(String pattern) {
    var letters = pattern.replaceAll("'[^']*'", "");
    if (letters.contains("Y") && !letters.contains("w")) {
      return "Y is the year of the week, which differs around New Year; the year is y";
    }
    if (letters.contains("D") && (letters.contains("M") || letters.contains("d"))) {
      return "D is the day of the year; the day of the month is d";
    }
    if (letters.contains("m") && !letters.matches(".*[HhKk].*")) {
      return "m is the minute; the month is M";
    }
    return "";
  }

  private static Reference unknown(String text, String problem) {
    return new Reference.Malformed(text, problem, true);
  }
}
