package dev.core.common.storage;

import dev.core.common.storage.DatasetReader.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows under each other: numbers to the right, long text cut, nothing that moves the cursor. */
final class TextTable {

  private static final int WIDEST = 48;

  private TextTable() {}

  /**
   * @param total how many rows there are; said below when not all are shown
   */
  static void write(Rows rows, long total, Appendable out) throws IOException {
    var lines = new ArrayList<List<String>>();
    lines.add(rows.columns().stream().map(TextTable::cell).toList());
    rows.rows().forEach(row -> lines.add(row.stream().map(TextTable::cell).toList()));
    int[] widths = new int[rows.columns().size()];
    for (var line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    line(lines.getFirst(), widths, rows.numeric(), out);
    var rule = new ArrayList<String>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    line(rule, widths, rows.numeric(), out);
    for (var line : lines.subList(1, lines.size())) {
      line(line, widths, rows.numeric(), out);
    }
    if (total > rows.rows().size()) {
      out.append(String.format(Locale.ROOT, "%,d of %,d rows", rows.rows().size(), total))
          .append("\n");
    }
  }

  private static void line(List<String> cells, int[] widths, List<Boolean> right, Appendable out)
      throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var space = " ".repeat(widths[i] - length(cells.get(i)));
      text.append(i == 0 ? "" : "  ");
      text.append(right.get(i) ? space + cells.get(i) : cells.get(i) + space);
    }
    out.append(text.toString().stripTrailing()).append('\n');
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String cell(@Nullable String value) {
    if (value == null) {
      return "";
    }
    var text = new StringBuilder();
    value
        .codePoints()
        .limit(WIDEST + 1)
        .map(c -> Character.isISOControl(c) ? '\u00b7' : c)
        .forEach(text::appendCodePoint);
    return length(text.toString()) <= WIDEST
        ? text.toString()
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }
}
