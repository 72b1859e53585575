package dev.core.common.configuration.yaml;

import dev.core.common.configuration.yaml.Difference.ColumnChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences as lines that begin with +, - or ~. */
final class DifferenceText {

  private DifferenceText() {}

  static String of(List<Difference> differences) {
    if (differences.isEmpty()) {
      return "no difference\n";
    }
    var text = new StringBuilder();
    for (Difference difference : differences) {
      text.append(
          switch (difference.kind()) {
            case CREATED -> "+ ";
            case CHANGED -> "~ ";
            case DELETED -> "- ";
          });
      text.append(difference.noun()).append(' ').append(difference.name()).append('\n');
      for (ColumnChange change : difference.columns()) {
        column(text, difference.kind(), change);
      }
    }
    return text.toString();
  }

  private static void column(StringBuilder text, Difference.Kind kind, ColumnChange change) {
    text.append("    ").append(change.column()).append(':');
    var before = change.before();
    var after = change.after();
    if (isLong(before) || isLong(after)) {
      text.append('\n');
      lines(
          text,
          before == null ? List.of() : lines(before),
          after == null ? List.of() : lines(after));
      return;
    }
    switch (kind) {
      case CREATED -> text.append(' ').append(shown(after));
      case DELETED -> text.append(' ').append(shown(before));
      case CHANGED -> text.append(' ').append(shown(before)).append(" -> ").append(shown(after));
    }
    text.append('\n');
  }

  /** What the two have in common at the beginning and at the end is left out, but for two lines. */
  private static void lines(StringBuilder text, List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int start = 0;
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    append(text, "    ", before.subList(Math.max(0, start - 2), start));
    append(text, "  - ", before.subList(start, before.size() - end));
    append(text, "  + ", after.subList(start, after.size() - end));
    int rest = before.size() - end;
    append(text, "    ", before.subList(rest, Math.min(before.size(), rest + 2)));
  }

  private static void append(StringBuilder text, String sign, List<String> lines) {
    lines.forEach(line -> text.append("    ").append(sign).append(line).append('\n'));
  }

  private static boolean isLong(@Nullable String value) {
    return value != null && (value.indexOf('\n') >= 0 || value.length() > 120);
  }

  private static List<String> lines(String value) {
    return value.lines().toList();
  }

  private static String shown(@Nullable String value) {
    return value == null ? "(nothing)" : value.isEmpty() ? "(empty)" : value;
  }
}
