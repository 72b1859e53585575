package dev.core.common.configuration.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.core.common.variables.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Why a text is not YAML, with its line and in words for whoever wrote it: the parser says what it
 * was doing before it says what is wrong, and speaks of tokens and of its own settings.
 */
final class SyntaxWords {

  /** What the parser says, by how it begins, and what we say. */
  private static final List<Words> WORDS =
      List.of(
          words(
              "found character '\\\\t",
              "a tab; indent with spaces, and put a tab of a value in quotes"),
          words("found character '(.)", "a value cannot begin with %s; put it in quotes"),
          words(
              "mapping values are not allowed here",
              "a second ': ' in one line, or a wrong indentation; put a text with ': ' in it in"
                  + " quotes"),
          words(
              "sequence entries are not allowed here",
              "a list cannot begin here; let '- ' begin a line of its own"),
          words(
              "could not find expected ':'",
              "neither 'key: value' nor an item of a list; write one of them, or indent it as part"
                  + " of the text above"),
          words("found unexpected end of stream", "a quote is opened and never closed; close it"),
          words(
              "found unexpected document separator",
              "a quote is opened and not closed before '---'; close it"),
          words(
              "found unknown escape character (.)",
              "unknown escape '\\%s' in double quotes; write '\\\\%s', or use single quotes"),
          words(
              "expected escape sequence",
              "an escape such as \\x41 lacks digits; write them, or use single quotes"),
          words(
              "expected ',' or ']'",
              "a list in brackets goes on without ',' or is not closed; add ',' or ']'"),
          words(
              "expected ',' or '}'",
              "a mapping in braces goes on without ',' or is not closed; add ',' or '}'"),
          words(
              "expected <block end>, but found '?(<scalar>|-|\\?|<block mapping start>)",
              "the indentation fits nothing above; indent keys and items of one list alike"),
          words(
              "expected <block end>",
              "something that does not fit what stands above; indent alike, and put special"
                  + " characters in quotes"),
          words(
              "expected alphabetic or numeric character",
              "a value cannot begin with & or *; put it in quotes"),
          words(
              "expected a comment or a line break",
              "after | or > the text begins in the next line; move it there"),
          words(
              "expected '<document start>'",
              "something follows after the end of the document; a file holds one"),
          words("found undefined tag handle", "tags such as !a!b are not supported; leave it out"),
          words("found a tab", "a tab; indent with spaces"));

  private record Words(Pattern said, String form) {
    Optional<String> of(String text) {
      var found = said.matcher(text);
      return found.lookingAt()
          ? Optional.of(form.replace("%s", found.groupCount() > 0 ? found.group(1) : ""))
          : Optional.empty();
    }
  }

  private SyntaxWords() {}

  private static Words words(String said, String form) {
    return new Words(Pattern.compile(said), form);
  }

  static YamlProblem of(JsonProcessingException e, String text) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYAMLException marked) {
        return marked(marked, text);
      }
      if (cause instanceof ReaderException unreadable) {
        return character(unreadable.getPosition(), unreadable.getCodePoint(), text);
      }
      if (cause instanceof StreamConstraintsException) {
        return problem(lineOf(e), "it is nested too deep; at most 40 levels are allowed");
      }
    }
    var said = String.valueOf(e.getOriginalMessage());
    return problem(
        lineOf(e),
        said.startsWith("Expected a field name")
            ? "a list or a mapping stands where a key belongs; write a text there"
            : said.contains("Nesting Depth") || said.contains("nesting depth")
                ? "it is nested too deep; at most 40 levels are allowed"
                : "it cannot be read there; compare it with a file of `core config export`");
  }

  private static int lineOf(JsonProcessingException e) {
    var place = e.getLocation();
    return place == null ? 0 : Math.max(0, place.getLineNr());
  }

  private static YamlProblem problem(int line, String what) {
    return new YamlProblem(line, "not YAML: " + what);
  }

  private static YamlProblem marked(MarkedYAMLException e, String text) {
    var said = String.valueOf(e.getProblem());
    var words =
        WORDS.stream()
            .flatMap(each -> each.of(said).stream())
            .findFirst()
            .orElse("it cannot be read there; compare it with a file of `core config export`");
    var conflict = conflict(text);
    if (conflict > 0) {
      return problem(
          conflict, "a conflict of a merge was left in; resolve it and delete its marks");
    }
    var mark = e.getProblemMark();
    if (mark == null) {
      return problem(0, words);
    }
    var begin = e.getContextMark();
    boolean elsewhere = begin != null && begin.getLine() != mark.getLine();
    int line = isAtEnd(mark, text) && begin != null ? begin.getLine() : mark.getLine();
    return problem(
        line + 1,
        "%s: %s%s"
            .formatted(
                shown(text, line),
                words,
                elsewhere && line != begin.getLine()
                    ? " (it belongs to what begins in line %d)".formatted(begin.getLine() + 1)
                    : ""));
  }

  /** Its line, from 1; 0: none. */
  private static int conflict(String text) {
    var lines = text.lines().toList();
    return 1
        + IntStream.range(0, lines.size())
            .filter(line -> lines.get(line).startsWith("<<<<<<< "))
            .findFirst()
            .orElse(-1);
  }

  /** What is not closed is noticed at the end, but is wrong where it begins. */
  private static boolean isAtEnd(Mark mark, String text) {
    return mark.getLine() >= text.lines().count()
        || mark.getIndex() >= text.codePointCount(0, text.length());
  }

  private static String shown(String text, int line) {
    return Quoted.text(text.lines().skip(line).findFirst().orElse("").strip());
  }

  private static YamlProblem character(int position, int codePoint, String text) {
    int index =
        text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
    int line = (int) text.substring(0, index).chars().filter(each -> each == '\n').count();
    int column = index - text.lastIndexOf('\n', index - 1);
    return problem(
        line + 1,
        "the character U+%04X in column %d is not allowed; delete it, or write it in double quotes as an escape"
            .formatted(codePoint, column));
  }
}
