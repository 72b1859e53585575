package dev.core.common.configuration.yaml;

import java.util.List;

/** Statements over the rows of a table, with the columns of a {@link Row} as parameters. */
final class TableSql {

  private TableSql() {}

  /** Reads {@code row_id} and then every column, all rows. */
  static String select(Table table) {
    var sources = table.columns().stream().map(Column::selected).toList();
    return """
    select t.id as row_id, %s
    from configuration.%s t
    %s
    """
        .formatted(String.join(", ", sources), table.tableName(), table.joins());
  }

  static String insert(Table table) {
    return "insert into configuration.%s (%s) values (%s)"
        .formatted(
            table.tableName(),
            String.join(", ", written(table).stream().map(Column::target).toList()),
            String.join(", ", written(table).stream().map(Column::written).toList()));
  }

  /** Writes every column of the row whose id is {@code :row_id}. */
  static String update(Table table) {
    return "update configuration.%s set %s where id = :row_id"
        .formatted(
            table.tableName(),
            String.join(
                ", ", written(table).stream().map(c -> c.target() + " = " + c.written()).toList()));
  }

  static String delete(Table table) {
    return "delete from configuration.%s where id = :row_id".formatted(table.tableName());
  }

  private static List<Column> written(Table table) {
    return table.columns().stream().filter(Column::isWritten).toList();
  }
}
