package dev.core.orchestrator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement of the journal for any number of rows, in both dialects: on H2 it is executed for
 * each row, on Postgres once, with an array for each column.
 *
 * @param types of the columns, in the order in which they are bound
 */
record RowStatement(String h2, String postgres, List<String> types) {

  /** A column and its type on Postgres. */
  private record Column(String name, String type) {
    static List<Column> all(String text) {
      var columns = new ArrayList<Column>();
      for (String each : text.split(",", -1)) {
        String[] words = each.strip().split("\\s+", -1);
        columns.add(new Column(words[0], words[1]));
      }
      return columns;
    }
  }

  /**
   * @param columns such as {@code id bigint, status text}
   */
  static RowStatement insert(String table, String columns) {
    var all = Column.all(columns);
    String names = names(all);
    return new RowStatement(
        "insert into %s (%s) values (%s)".formatted(table, names, marks(all)),
        "insert into %s (%s) select * from unnest(%s)".formatted(table, names, arrays(all)),
        types(all));
  }

  /**
   * @param set the columns that change, bound first
   * @param key the columns that find a row
   */
  static RowStatement update(String table, String set, String key) {
    var changed = Column.all(set);
    var found = Column.all(key);
    var all = new ArrayList<>(changed);
    all.addAll(found);
    return new RowStatement(
        "update %s set %s where %s"
            .formatted(
                table, joined(changed, ", ", "%1$s = ?"), joined(found, " and ", "%1$s = ?")),
        "update %s t set %s from unnest(%s) as v (%s) where %s"
            .formatted(
                table,
                joined(changed, ", ", "%1$s = v.%1$s"),
                arrays(all),
                names(all),
                joined(found, " and ", "t.%1$s = v.%1$s")),
        types(all));
  }

  /**
   * One that is neither.
   *
   * @param h2 with its parameters numbered, {@code ?1} and so on
   * @param postgres with {@code $rows} where the rows are to be read from
   * @param columns their names are those of {@code $rows}
   */
  static RowStatement of(String h2, String postgres, String columns) {
    var all = Column.all(columns);
    return new RowStatement(
        h2,
        postgres.replace("$rows", "unnest(%s) as v (%s)".formatted(arrays(all), names(all))),
        types(all));
  }

  private static String names(List<Column> columns) {
    return joined(columns, ", ", "%1$s");
  }

  private static String marks(List<Column> columns) {
    return joined(columns, ", ", "?");
  }

  private static String arrays(List<Column> columns) {
    return joined(columns, ", ", "cast(? as %2$s[])");
  }

  private static String joined(List<Column> columns, String between, String format) {
    return columns.stream()
        .map(column -> format.formatted(column.name(), column.type()))
        .collect(Collectors.joining(between));
  }

  private static List<String> types(List<Column> columns) {
    return columns.stream().map(Column::type).toList();
  }
}
