package dev.core.common.configuration;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration in one store what it is in another, ids included, so that names of tasks
 * are the same; what is equal already is left alone. Who edited what when stays with the original.
 */
public final class ConfigurationCopy {

  private static final Set<String> OF_THE_STORE = Set.of("created_at", "updated_at", "last_actor");

  private ConfigurationCopy() {}

  /** A table with its rows by id; the values are in the order of the columns. */
  private record Content(
      String table, List<String> columns, TreeMap<Long, List<@Nullable Object>> rows) {}

  /**
   * @param to an embedded database with the same schema, in which nobody else edits
   * @return how many rows had to be written or removed
   */
  public static int bring(Jdbi from, Jdbi to) {
    List<Content> wanted =
        from.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, ConfigurationCopy::read);
    return to.withHandle(handle -> {
      List<Content> present = read(handle);
      if (present.equals(wanted)) {
        return 0;
      }
      // Rows come table by table, and some name others that come later.
      handle.execute("set referential_integrity false");
      try {
        return handle.inTransaction(transaction -> write(transaction, wanted, present));
      } finally {
        handle.execute("set referential_integrity true");
      }
    });
  }

  private static int write(Handle handle, List<Content> wanted, List<Content> present) {
    int changes = 0;
    for (int i = 0; i < wanted.size(); i++) {
      Content there = wanted.get(i);
      Content here = present.get(i);
      if (!here.table().equals(there.table()) || !here.columns().equals(there.columns())) {
        throw new IllegalStateException(
            "the stores differ in the table %s: %s, and %s"
                .formatted(there.table(), there.columns(), here.columns()));
      }
      var old =
          here.rows().keySet().stream()
              .filter(id -> !Objects.equals(here.rows().get(id), there.rows().get(id)))
              .toList();
      var fresh =
          there.rows().keySet().stream()
              .filter(id -> !Objects.equals(here.rows().get(id), there.rows().get(id)))
              .toList();
      // First what has to go: a new row may have its name.
      remove(handle, here, old);
      insert(handle, there, fresh);
      changes += Math.max(old.size(), fresh.size());
    }
    return changes;
  }

  private static void remove(Handle handle, Content content, List<Long> ids) {
    if (!ids.isEmpty()) {
      try (var batch =
          handle.prepareBatch(
              "delete from configuration.\"%s\" where id = :id".formatted(content.table()))) {
        ids.forEach(id -> batch.bind("id", id).add());
        batch.execute();
      }
    }
  }

  private static void insert(Handle handle, Content content, List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    var sql =
        "insert into configuration.\"%s\" (%s) values (%s)"
            .formatted(
                content.table(),
                content.columns().stream()
                    .map(column -> '"' + column + '"')
                    .collect(Collectors.joining(", ")),
                content.columns().stream().map(_ -> "?").collect(Collectors.joining(", ")));
    try (var batch = handle.prepareBatch(sql)) {
      for (Long id : ids) {
        var values = Objects.requireNonNull(content.rows().get(id));
        for (int i = 0; i < values.size(); i++) {
          batch.bind(i, values.get(i));
        }
        batch.add();
      }
      batch.execute();
    }
  }

  private static List<Content> read(Handle handle) {
    return handle
        .createQuery(
            """
            select table_name from information_schema.tables
            where table_schema = 'configuration' and table_type = 'BASE TABLE'
            order by table_name
            """)
        .mapTo(String.class)
        .list()
        .stream()
        .map(table -> read(handle, table))
        .toList();
  }

  private static Content read(Handle handle, String table) {
    return handle
        .createQuery("select * from configuration.\"%s\"".formatted(table))
        .scanResultSet((results, _) -> {
          try (var rows = results.get()) {
            return content(table, rows);
          }
        });
  }

  private static Content content(String table, ResultSet rows) throws SQLException {
    var meta = rows.getMetaData();
    var positions = new ArrayList<Integer>();
    var columns = new ArrayList<String>();
    for (int position = 1; position <= meta.getColumnCount(); position++) {
      if (!OF_THE_STORE.contains(meta.getColumnName(position))) {
        positions.add(position);
        columns.add(meta.getColumnName(position));
      }
    }
    var content = new Content(table, List.copyOf(columns), new TreeMap<>());
    while (rows.next()) {
      var values = new ArrayList<@Nullable Object>();
      for (int position : positions) {
        values.add(value(rows, meta, position));
      }
      content.rows().put(rows.getLong("id"), values);
    }
    return content;
  }

  /** The same value is the same object from either database. */
  private static @Nullable Object value(ResultSet rows, ResultSetMetaData meta, int position)
      throws SQLException {
    Object value =
        switch (meta.getColumnType(position)) {
          case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> rows.getLong(position);
          case Types.BOOLEAN, Types.BIT -> rows.getBoolean(position);
          case Types.NUMERIC, Types.DECIMAL ->
              Optional.ofNullable(rows.getBigDecimal(position))
                  .map(BigDecimal::stripTrailingZeros)
                  .orElse(null);
          case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
              Optional.ofNullable(rows.getObject(position, OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant)
                  .orElse(null);
          default -> rows.getString(position);
        };
    return rows.wasNull() ? null : value;
  }
}
