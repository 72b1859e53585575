package dev.core.common.variables;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What stands between {@code ${} and {@code }} in the text of a variable. */
public sealed interface Reference {

  /** As it was written, without the braces. */
  String text();

  /** For messages: as it was written, on one line and not too long. */
  default String shown() {
    var quoted = Quoted.text(text());
    return "${" + quoted.substring(1, quoted.length() - 1) + "}";
  }

  /**
   * {@code ${logical_date}}: the instant in UTC; {@code ${logical_date:yyyy-MM-dd}}: in the
   * pipeline's time zone, in English.
   *
   * @param format null: the instant
   */
  record LogicalDate(String text, @Nullable DateTimeFormatter format) implements Reference {}

  /** A property of the run, the task or the attempt. */
  record Fact(FactName name) implements Reference {
    @Override
    public String text() {
      return name.text();
    }
  }

  /** {@code ${parameter.x}}. */
  record Parameter(String name) implements Reference {
    @Override
    public String text() {
      return "parameter." + name;
    }
  }

  /**
   * {@code ${task.<key>.result.x.y}}: what an upstream task returned, or a part of it.
   *
   * @param path names of properties, or positions in an array from 0; empty: all of it
   */
  record TaskResult(String text, String taskKey, List<String> path) implements Reference {
    public TaskResult {
      path = List.copyOf(path);
    }
  }

  /**
   * Nothing that could ever be resolved.
   *
   * @param isClosed false: the end of the text cut it off
   */
  record Malformed(String text, String problem, boolean isClosed) implements Reference {
    @Override
    public String shown() {
      return isClosed ? Reference.super.shown() : Reference.super.shown().replaceFirst("}$", "");
    }
  }

  /** Facts that need nothing but their name. */
  enum FactName {
    RUN_ID,
    CLIENT,
    BRAND,
    BRANCH,
    PIPELINE,
    STATE,
    ATTEMPT;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
