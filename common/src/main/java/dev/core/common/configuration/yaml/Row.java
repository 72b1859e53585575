package dev.core.common.configuration.yaml;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of the configuration, of a file or of the store, with names in place of ids.
 *
 * @param values by column, in a normal form, so that equal values are equal text
 */
record Row(Table table, Map<String, @Nullable String> values) {

  Row {
    values = Collections.unmodifiableMap(new HashMap<>(values));
  }

  /** What people know a row by. */
  record Key(Table table, List<String> parts) {
    Key {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return table.noun() + " " + String.join("/", parts);
    }
  }

  Key key() {
    return new Key(table, table.keyColumns().stream().map(this::text).toList());
  }

  @Nullable String value(String column) {
    return values.get(column);
  }

  /** The value of a column that is never null. */
  String text(String column) {
    var value = values.get(column);
    if (value == null) {
      throw new IllegalStateException("no " + column + " in a row of " + table.tableName());
    }
    return value;
  }
}
