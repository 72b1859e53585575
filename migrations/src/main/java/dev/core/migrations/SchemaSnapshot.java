package dev.core.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the schemas of CORE are made of in one database, at one moment. */
record SchemaSnapshot(Vendor vendor, Map<String, SchemaItem> items) {

  /** The schemas that are looked at. */
  static final List<String> SCHEMAS = List.of("configuration", "execution", "auditing");

  static SchemaSnapshot read(Connection connection) throws SQLException {
    var vendor = Vendor.of(connection);
    boolean wasAutomatic = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      var items =
          switch (vendor) {
            case POSTGRESQL -> PostgresCatalog.read(connection);
            case H2 -> H2Catalog.read(connection);
          };
      var byKey = new LinkedHashMap<String, SchemaItem>();
      items.forEach(item -> byKey.put(item.key(), item));
      return new SchemaSnapshot(vendor, byKey);
    } finally {
      connection.rollback();
      connection.setAutoCommit(wasAutomatic);
    }
  }

  /** How {@code live} differs from this one, in the order in which items were read. */
  List<Difference> differencesOf(SchemaSnapshot live) {
    var differences = new ArrayList<Difference>();
    for (var item : live.items.values()) {
      var expected = items.get(item.key());
      if (expected == null) {
        differences.add(new Difference.Added(item));
      } else if (!expected.definition().equals(item.definition())) {
        differences.add(new Difference.Changed(expected, item));
      }
    }
    for (var item : items.values()) {
      if (!live.items.containsKey(item.key())) {
        differences.add(new Difference.Missing(item));
      }
    }
    return differences;
  }

  /** A row of a catalog, read into an item. */
  @FunctionalInterface
  interface Reading {
    SchemaItem item(ResultSet row) throws SQLException;
  }

  /** Runs a query of a catalog; {@code :schemas} in it stands for the list of schemas. */
  static List<SchemaItem> read(Connection connection, String sql, Reading reading)
      throws SQLException {
    var schemas = "('" + String.join("', '", SCHEMAS) + "')";
    var items = new ArrayList<SchemaItem>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql.replace(":schemas", schemas))) {
      while (rows.next()) {
        items.add(reading.item(rows));
      }
    }
    return items;
  }
}
