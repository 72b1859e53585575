package dev.core.common.configuration.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Carries out changes in the transaction of a handle. */
final class ChangeWriter {

  private final Handle handle;
  private final StoredRows stored;

  ChangeWriter(Handle handle, StoredRows stored) {
    this.handle = handle;
    this.stored = stored;
  }

  void write(Changes changes) {
    parkOrders(changes);
    changes.created().forEach(row -> execute(row, TableSql.insert(row.table())));
    changes.changed().forEach(row -> execute(row, TableSql.update(row.table())));
    for (Row row : changes.deleted()) {
      expectOne(
          row,
          handle.createUpdate(TableSql.delete(row.table())).bind("row_id", stored.id(row.key())));
    }
  }

  /**
   * Makes room: two rows may swap their orders, or a new one takes that of a deleted one, and no
   * order may be there twice even for a moment.
   */
  private void parkOrders(Changes changes) {
    for (Table table : List.of(Table.STATE_TYPES, Table.STATES)) {
      var wanted = new HashSet<String>();
      for (List<Row> rows : List.of(changes.created(), changes.changed())) {
        rows.stream().filter(row -> row.table() == table).forEach(row -> wanted.add(place(row)));
      }
      for (List<Row> rows : List.of(changes.changed(), changes.deleted())) {
        for (Row row : rows) {
          var before = stored.find(row.key()).orElseThrow();
          if (row.table() == table && wanted.contains(place(before)) && isLeaving(row, changes)) {
            park(row);
          }
        }
      }
    }
  }

  private boolean isLeaving(Row row, Changes changes) {
    return changes.deleted().contains(row)
        || !place(row).equals(place(stored.find(row.key()).orElseThrow()));
  }

  private static String place(Row row) {
    return row.table() == Table.STATES
        ? row.text("pipeline") + " " + row.value("graph_order")
        : String.valueOf(row.value("graph_order"));
  }

  private void park(Row row) {
    expectOne(
        row,
        handle
            .createUpdate(
                """
                update configuration.%1$s
                set graph_order = (select least(min(graph_order), 0) - 1 from configuration.%1$s)
                where id = :row_id
                """
                    .formatted(row.table().tableName()))
            .bind("row_id", stored.id(row.key())));
  }

  private void execute(Row row, String sql) {
    var update = handle.createUpdate(sql);
    for (Map.Entry<String, String> value : row.values().entrySet()) {
      if (sql.contains(":" + value.getKey())) {
        update.bind(value.getKey(), value.getValue());
      }
    }
    if (sql.contains(":row_id")) {
      update.bind("row_id", stored.id(row.key()));
    }
    expectOne(row, update);
  }

  private static void expectOne(Row row, Update update) {
    int count = update.execute();
    if (count != 1) {
      throw new IllegalStateException(count + " rows written instead of one: " + row.key());
    }
  }
}
