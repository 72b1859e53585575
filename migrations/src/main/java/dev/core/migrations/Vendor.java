package dev.core.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The databases that there are migrations for. */
public enum Vendor {
  POSTGRESQL("PostgreSQL", "postgresql"),
  H2("H2", "h2");

  private final String productName;
  private final String folder;

  Vendor(String productName, String folder) {
    this.productName = productName;
    this.folder = folder;
  }

  /** The vendor of a live database; throws for any other product, naming it. */
  public static Vendor of(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return of(connection);
    } catch (SQLException e) {
      throw new MigrationFailure("cannot connect to the database: " + e.getMessage(), e);
    }
  }

  static Vendor of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    for (Vendor vendor : values()) {
      if (vendor.productName.equals(product)) {
        return vendor;
      }
    }
    throw new MigrationFailure(
        "there are no migrations for " + product + "; the databases are PostgreSQL and H2", null);
  }

  /** Name of the folder that holds its own migrations, beside {@code shared}. */
  public String folder() {
    return folder;
  }

  /** Where its chain lies on the class path: what is shared, and its own. */
  public List<String> locations() {
    return List.of(MigrationFolders.ON_CLASS_PATH.locations(this));
  }

  /** As a person calls it. */
  public String productName() {
    return productName;
  }
}
