package dev.core.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short SQL for tests: what a person would type. */
final class Rows {
  private Rows() {}

  static void run(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /** Every row as a list of the texts of its values. */
  static List<List<@Nullable String>> of(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    var found = new ArrayList<List<@Nullable String>>();
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var row = new ArrayList<@Nullable String>();
          for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.add(rows.getString(column));
          }
          found.add(row);
        }
      }
    }
    return found;
  }

  /** The one value of the one row. */
  static @Nullable String value(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    var rows = of(connection, sql, parameters);
    if (rows.size() != 1) {
      throw new AssertionError(sql + " gave " + rows);
    }
    return rows.getFirst().getFirst();
  }
}
