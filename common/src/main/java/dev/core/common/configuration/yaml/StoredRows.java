package dev.core.common.configuration.yaml;

import dev.core.common.json.Json;
import dev.core.common.variables.VariableStructures;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All rows of the configuration as they stand in the store: one query per table. */
final class StoredRows {

  private final Map<Row.Key, Row> rows = new LinkedHashMap<>();
  private final Map<Table, List<Row>> byTable = new EnumMap<>(Table.class);
  private final Map<Row.Key, Long> ids = new HashMap<>();
  private final Map<Stored, Row.Key> keys = new HashMap<>();

  private record Stored(String tableName, long id) {}

  private StoredRows() {}

  /** Reads them; a consistent picture needs a transaction that gives one. */
  static StoredRows read(Handle handle) {
    var stored = new StoredRows();
    for (Table table : Table.values()) {
      handle
          .createQuery(TableSql.select(table))
          .map((results, _) -> Map.entry(results.getLong("row_id"), row(table, results)))
          .forEach(entry -> {
            var row = entry.getValue();
            var key = row.key();
            stored.rows.put(key, row);
            stored.byTable.computeIfAbsent(table, _ -> new ArrayList<>()).add(row);
            stored.ids.put(key, entry.getKey());
            stored.keys.put(new Stored(table.tableName(), entry.getKey()), key);
          });
    }
    return stored;
  }

  Map<Row.Key, Row> byKey() {
    return Collections.unmodifiableMap(rows);
  }

  List<Row> of(Table table) {
    return byTable.getOrDefault(table, List.of());
  }

  Optional<Row> find(Row.Key key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** The id of a row that was read. */
  long id(Row.Key key) {
    var id = ids.get(key);
    if (id == null) {
      throw new IllegalStateException("not in the store: " + key);
    }
    return id;
  }

  /** The row of a table that has an id. */
  Optional<Row.Key> key(String tableName, long id) {
    return Optional.ofNullable(keys.get(new Stored(tableName, id)));
  }

  private static Row row(Table table, ResultSet results) throws SQLException {
    var values = new HashMap<String, @Nullable String>();
    int position = 2;
    for (Column column : table.columns()) {
      values.put(column.name(), text(column.type(), results, position));
      position++;
    }
    return new Row(table, values);
  }

  private static @Nullable String text(Column.Type type, ResultSet results, int position)
      throws SQLException {
    return switch (type) {
      case TEXT, ID, INTEGER -> results.getString(position);
      case BOOLEAN -> {
        boolean truth = results.getBoolean(position);
        yield results.wasNull() ? null : Boolean.toString(truth);
      }
      case DECIMAL -> {
        var number = results.getBigDecimal(position);
        yield number == null ? null : decimal(number);
      }
      case TIMESTAMP -> {
        var time = results.getObject(position, OffsetDateTime.class);
        yield time == null ? null : time.toInstant().toString();
      }
      case STRUCTURES -> structures(results.getString(position));
    };
  }

  static String decimal(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** Structures that are wrong keep the JSON that they are. */
  private static String structures(String json) {
    var parsed = VariableStructures.parse(json);
    return parsed.problems().isEmpty()
        ? VariableStructures.write(parsed.orThrow())
        : Json.write(Json.tree(json));
  }
}
