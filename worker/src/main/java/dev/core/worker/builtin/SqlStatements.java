package dev.core.worker.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQL text as statements. Knows strings, quoted names, dollar quotes and comments, so that a
 * semicolon within them ends nothing.
 */
final class SqlStatements {

  private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)?\\$");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  /** What stands before a string in which a backslash escapes, such as in e'it\\'s'. */
  private static final Pattern ESCAPE = Pattern.compile("(\\W|^)?[eE]");

  private static final Set<String> QUERIES =
      Set.of(
          "select",
          "with",
          "from",
          "values",
          "table",
          "pivot",
          "unpivot",
          "describe",
          "summarize",
          "show");

  /** What may stand before the query: all that stays within the session. */
  private static final Set<String> PREPARATIONS =
      Set.of(
          "create",
          "insert",
          "update",
          "delete",
          "merge",
          "truncate",
          "alter",
          "drop",
          "set",
          "reset");

  private SqlStatements() {}

  /** The statements, without those that are empty or hold nothing but comments. */
  static List<String> split(String sql) {
    var statements = new ArrayList<String>();
    int start = 0;
    boolean something = false;
    for (int i = 0; i < sql.length(); ) {
      int after = skipped(sql, i);
      if (after > i) {
        something |= !comment(sql, i);
        i = after;
      } else if (sql.charAt(i) == ';') {
        if (something) {
          statements.add(sql.substring(start, i).strip());
        }
        start = ++i;
        something = false;
      } else {
        something |= !Character.isWhitespace(sql.charAt(i));
        i++;
      }
    }
    if (something) {
      statements.add(sql.substring(start).strip());
    }
    return statements;
  }

  /** Whether a statement gives rows, by its first word. */
  static boolean isQuery(String statement) {
    return QUERIES.contains(firstWord(statement));
  }

  /**
   * Whether a statement can do no more than change the session. Others could write over the files
   * of an input, which DuckDB cannot be told to protect: {@code copy}, also within {@code prepare}
   * or {@code explain}.
   */
  static boolean isPreparation(String statement) {
    return isQuery(statement) || PREPARATIONS.contains(firstWord(statement));
  }

  static String allowed() {
    return Stream.concat(QUERIES.stream(), PREPARATIONS.stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String firstWord(String statement) {
    int i = 0;
    while (i < statement.length()) {
      char c = statement.charAt(i);
      if (comment(statement, i)) {
        i = skipped(statement, i);
      } else if (c == '(' || Character.isWhitespace(c)) {
        i++;
      } else {
        break;
      }
    }
    var word = WORD.matcher(statement).region(i, statement.length());
    return word.lookingAt() ? word.group().toLowerCase(Locale.ROOT) : "";
  }

  private static boolean comment(String sql, int i) {
    return sql.startsWith("--", i) || sql.startsWith("/*", i);
  }

  /** The end of the string, name or comment that begins here; here, if none does. */
  private static int skipped(String sql, int i) {
    if (sql.startsWith("--", i)) {
      return after(sql, "\n", i);
    }
    if (sql.startsWith("/*", i)) {
      return after(sql, "*/", i + 2);
    }
    char c = sql.charAt(i);
    if (c == '\'' || c == '"') {
      boolean escapes = c == '\'' && ESCAPE.matcher(sql).region(Math.max(0, i - 2), i).matches();
      return afterQuote(sql, i, c, escapes);
    }
    if (c == '$') {
      var tag = DOLLAR.matcher(sql).region(i, sql.length());
      return tag.lookingAt() ? after(sql, tag.group(), tag.end()) : i;
    }
    return i;
  }

  private static int afterQuote(String sql, int start, char quote, boolean escapes) {
    for (int i = start + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (escapes && c == '\\') {
        i++;
      } else if (c == quote) {
        // A doubled quote begins again at once, which comes to the same.
        return i + 1;
      }
    }
    return sql.length();
  }

  private static int after(String sql, String end, int from) {
    int at = sql.indexOf(end, from);
    return at < 0 ? sql.length() : at + end.length();
  }
}
