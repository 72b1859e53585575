package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import dev.core.worker.builtin.IngestSource.Refused;
import dev.core.worker.builtin.IngestSource.Text;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What does not fit of the table {@code typed}: for each column i text v_i, value t_i, misfit m_i.
 *
 * @param byColumn how many values of each column do not fit, only of columns with any
 * @param refused records that could not be split into fields
 */
record Misfits(
    List<IngestColumn> columns, Map<String, Long> byColumn, long rows, List<Refused> refused) {

  /**
   * @param line 0: not known
   * @param column empty: the whole record
   */
  record Misfit(String file, long line, String column, @Nullable String value, String problem) {

    String sentence() {
      var where = line == 0 ? file : file + " line " + line;
      return column.isEmpty()
          ? where + ": " + problem
          : "%s: %s %s %s"
              .formatted(
                  where,
                  column,
                  value == null ? "is null, not" : "'" + value + "' is not",
                  problem);
    }
  }

  static Misfits count(DuckSession session, List<IngestColumn> columns, List<Refused> refused)
      throws SQLException, InterruptedException {
    var counts = new StringBuilder("count_if(false");
    for (int i = 0; i < columns.size(); i++) {
      counts.append(" or m").append(i);
    }
    counts.append(")");
    for (int i = 0; i < columns.size(); i++) {
      counts.append(", count_if(m").append(i).append(")");
    }
    return session.query(
        "select " + counts + " from typed",
        result -> {
          var byColumn = new LinkedHashMap<String, Long>();
          long rows = 0;
          if (result.next()) {
            rows = result.getLong(1);
            for (int i = 0; i < columns.size(); i++) {
              if (result.getLong(i + 2) > 0) {
                byColumn.put(columns.get(i).name(), result.getLong(i + 2));
              }
            }
          }
          return new Misfits(columns, byColumn, rows, List.copyOf(refused));
        });
  }

  boolean any() {
    return rows > 0 || !refused.isEmpty();
  }

  /** The first of them, with the lines they are on, in the order of the files. */
  List<Misfit> list(DuckSession session, List<Text> files, @Nullable Delimited layout, int limit)
      throws SQLException, IOException, InterruptedException {
    var values = limit == 0 || byColumn.isEmpty() ? List.<Value>of() : values(session, limit);
    var listed = new ArrayList<Misfit>();
    for (var file : files) {
      var of = values.stream().filter(value -> value.file() == file.number()).toList();
      var broken =
          refused.stream().filter(one -> one.file() == file.number()).limit(limit).toList();
      if (of.isEmpty() && broken.isEmpty()) {
        continue;
      }
      var lines = layout == null ? null : scan(file, layout, of);
      int first = listed.size();
      for (var one : broken) {
        long line = lines == null ? 0 : lines.refusedLine(one.position());
        listed.add(new Misfit(file.name(), line, "", null, one.problem()));
      }
      for (var value : of) {
        var column = columns.get(value.column());
        // Of JSON the number of the record stands in for the line.
        var name = lines == null ? file.name() + " record " + value.record() : file.name();
        long line = lines == null ? 0 : lines.line(value.record());
        listed.add(new Misfit(name, line, column.name(), value.text(), column.expected()));
      }
      listed.subList(first, listed.size()).sort(Comparator.comparingLong(Misfit::line));
    }
    return listed.subList(0, Math.min(limit, listed.size()));
  }

  /** Everything that is wrong, in one sentence with examples. */
  String sentence(List<Misfit> examples) {
    long values = byColumn.values().stream().mapToLong(Long::longValue).sum();
    var parts = new ArrayList<String>();
    if (!refused.isEmpty()) {
      parts.add(
          refused.size() == 1
              ? "1 record has the wrong make-up"
              : refused.size() + " records have the wrong make-up");
    }
    if (values > 0) {
      parts.add(
          (values == 1 ? "1 value does not fit (" : values + " values do not fit (")
              + byColumn.entrySet().stream()
                  .map(entry -> entry.getKey() + ": " + entry.getValue())
                  .collect(Collectors.joining(", "))
              + ")");
    }
    var shown = examples.stream().map(Misfit::sentence).collect(Collectors.joining("; "));
    boolean all = examples.size() == values + refused.size();
    return String.join(" and ", parts) + (all ? ": " : ", such as: ") + shown;
  }

  private record Value(int file, long record, int column, @Nullable String text) {}

  private List<Value> values(DuckSession session, int limit)
      throws SQLException, InterruptedException {
    var each = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      if (byColumn.containsKey(columns.get(i).name())) {
        each.add("select file, record, %1$d as i, v%1$d as v from typed where m%1$d".formatted(i));
      }
    }
    return session.query(
        "select file, record, i, v from ("
            + String.join(" union all ", each)
            + ") order by file, record, i limit "
            + limit,
        rows -> {
          var values = new ArrayList<Value>();
          while (rows.next()) {
            values.add(
                new Value(rows.getInt(1), rows.getLong(2), rows.getInt(3), rows.getString(4)));
          }
          return values;
        });
  }

  private RecordLines scan(Text file, Delimited layout, List<Value> values) throws IOException {
    var wanted = new HashSet<Long>();
    values.forEach(value -> wanted.add(value.record()));
    var positions = new HashSet<Long>();
    refused.stream()
        .filter(one -> one.file() == file.number())
        .forEach(one -> positions.add(one.position()));
    int width = layout.columns(file.path()).size();
    return RecordLines.scan(file.path(), layout, width, wanted, positions);
  }

  /** By column, for the result; empty if there are none. */
  Map<String, Long> nulled() {
    return new HashMap<>(byColumn);
  }
}
