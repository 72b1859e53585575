package dev.core.common.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a JSON text, in words for whoever wrote it: the library speaks of tokens,
 * types and settings of its own. Each ends with the place and fits on one line.
 */
final class JsonWords {

  private static final int LONGEST = 60;

  /** What the library says, by how it begins, and what we say. */
  private static final List<Words> WORDS =
      List.of(
          words(
              "Unexpected character \\('(.)' .*?expecting double-quote to start",
              "unexpected '%s'; names of members are written in double quotes"),
          words(
              "Unexpected character \\('(.)' .*?expecting comma",
              "unexpected '%s'; a comma is missing before it, or something is not closed"),
          words(
              "Unexpected character \\('(.)' .*?expecting a colon",
              "unexpected '%s'; between name and value stands a colon"),
          words(
              "Unexpected character \\(''' ", "unexpected '''; texts are written in double quotes"),
          words(
              "Unexpected character \\('(.)' ",
              "unexpected '%s'; a value is a text in double quotes, a number, true, false,"
                  + " null, a list or an object"),
          words(
              "Unrecognized token '(.*?)(\\.\\.\\.)?'",
              "'%s' is neither a text in double quotes nor a number, true, false or null"),
          words("Non-standard token '(.*?)'", "'%s' is no JSON; write a number in digits"),
          words("Duplicate field '(.*?)'", "the member '%s' is there twice; leave one of them out"),
          words("Trailing token", "something follows after its end; one value is allowed, no more"),
          words(
              "Illegal unquoted character \\(\\(CTRL-CHAR, code ([0-9]+)",
              "a control character (code %s) in a text; a line break is written \\n"),
          words(
              "Illegal character \\(\\(CTRL-CHAR, code ([0-9]+)",
              "a control character (code %s) is not allowed; delete it"),
          words(
              "Unrecognized character escape '(.)'",
              "unknown escape '\\%s'; a backslash in a text is written \\\\"),
          words(
              "Unrecognized character escape",
              "unknown escape; a backslash in a text is written \\\\"),
          words("Invalid numeric value: Leading zeroes", "a number begins with 0; leave it out"),
          words(
              "Invalid numeric value",
              "a number is not written as JSON wants it, such as -12.5 or 1e6"),
          words("Invalid UTF-", "a byte that is not UTF-8; send or save it as UTF-8"),
          words("No content to map", "it is empty; write a value, such as {}"));

  private record Words(Pattern said, String form) {
    Optional<String> of(String text) {
      var found = said.matcher(text);
      return found.lookingAt()
          ? Optional.of(form.replace("%s", found.groupCount() > 0 ? shortened(found.group(1)) : ""))
          : Optional.empty();
    }
  }

  private JsonWords() {}

  private static Words words(String said, String form) {
    return new Words(Pattern.compile(said, Pattern.DOTALL), form);
  }

  static String of(JsonProcessingException e) {
    return what(e) + place(e.getLocation());
  }

  private static String what(JsonProcessingException e) {
    var said = String.valueOf(e.getOriginalMessage());
    return switch (e) {
      case StreamConstraintsException _ -> constraint(said);
      case JsonEOFException _ -> early(said);
      case UnrecognizedPropertyException unknown ->
          "the member '%s' is not known; allowed: %s"
              .formatted(
                  shortened(path(unknown)),
                  unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case InvalidTypeIdException unknown ->
          unknown.getTypeId() == null
              ? "it does not say of which kind it is"
              : "'%s' is no kind that is known".formatted(shortened(unknown.getTypeId()));
      default ->
          WORDS.stream()
              .flatMap(words -> words.of(said).stream())
              .findFirst()
              .orElseGet(() ->
                  e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                      ? "the member '%s' is not of the kind that it must be"
                          .formatted(path(mapping))
                      : "it is not of the form that is expected; a member is missing or wrong");
    };
  }

  private static String constraint(String said) {
    var limits =
        Map.of(
            "nesting depth", "it is nested too deep; at most 1,000 levels are allowed",
            "Number value length", "a number in it is too long; at most 1,000 digits are allowed",
            "String value length",
                "a text in it is too long; at most 20,000,000 characters are allowed",
            "name length",
                "the name of a member is too long; at most 50,000 characters are allowed");
    return limits.entrySet().stream()
        .filter(limit -> said.contains(limit.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("it is larger than is allowed");
  }

  private static String early(String said) {
    if (said.contains("for Array")) {
      return "it ends too early: a list is not closed with ']'";
    }
    return said.contains("for Object")
        ? "it ends too early: an object is not closed with '}'"
        : "it ends too early: something is not closed";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
