package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for people: columns aligned, two spaces apart, cut to the width of the terminal (the widest
 * text columns give way first, and a cut ends with …). Without a terminal nothing is cut, so that
 * what is piped is whole.
 */
final class Table {

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  private record Column(String title, boolean right) {}

  /** Text, and how it is dressed once its width is known. */
  record Cell(String text, Style style) {}

  /** Columns of text; a title that begins with {@code >} is aligned to the right. */
  static Table of(String... titles) {
    var table = new Table();
    for (var title : titles) {
      var right = title.startsWith(">");
      table.columns.add(new Column(right ? title.substring(1) : title, right));
    }
    return table;
  }

  /** One row; values are text, {@link Cell}s, or null for an empty cell. */
  Table row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values, " + columns.size() + " columns");
    }
    var row = new ArrayList<Cell>();
    for (var value : values) {
      row.add(
          value instanceof Cell cell
              ? cell
              : new Cell(value == null ? "" : oneLine(value.toString()), Style.PLAIN));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, title first. */
  List<String> lines(Console console) {
    var widths = widths(console.width());
    var lines = new ArrayList<String>();
    lines.add(
        line(
            columns.stream().map(column -> new Cell(column.title(), Style.TITLE)).toList(),
            widths,
            console));
    for (var row : rows) {
      lines.add(line(row, widths, console));
    }
    return lines;
  }

  private int[] widths(int available) {
    var widths = new int[columns.size()];
    var wanted = GAP.length() * (columns.size() - 1);
    for (var i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).title().length();
      for (var row : rows) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i).text()));
      }
      wanted += widths[i];
    }
    while (wanted > available) {
      var widest = widest(widths);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      wanted--;
    }
    return widths;
  }

  /** The widest column that may still give way; numbers never do. */
  private int widest(int[] widths) {
    var widest = -1;
    for (var i = 0; i < widths.length; i++) {
      if (!columns.get(i).right()
          && widths[i] > NARROWEST
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<Cell> cells, int[] widths, Console console) {
    var line = new StringBuilder();
    for (var i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      var text = Text.cut(cell.text(), widths[i]);
      var padding = " ".repeat(widths[i] - Text.width(text));
      var dressed = console.dress(text, cell.style());
      if (i > 0) {
        line.append(GAP);
      }
      line.append(columns.get(i).right() ? padding + dressed : dressed + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String oneLine(String text) {
    return Text.printable(text).replace('\n', ' ');
  }
}
