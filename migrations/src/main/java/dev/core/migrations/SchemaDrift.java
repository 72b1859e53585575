package dev.core.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Compares a live database with what the migrations give. What they give is found by migrating a
 * scratch database: on H2 a private one in memory, on Postgres one that is made beside the live one
 * and dropped again. The live database is only read.
 */
public final class SchemaDrift {
  private static final String SCRATCH = "core_scratch_";
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

  private final MigrationFolders folders;
  private final Supplier<String> scratchNames;

  /**
   * @param scratchNames gives a new ending for the name of each scratch database: lower-case
   *     letters and digits, no two the same
   */
  public SchemaDrift(Supplier<String> scratchNames) {
    this(MigrationFolders.ON_CLASS_PATH, scratchNames);
  }

  SchemaDrift(MigrationFolders folders, Supplier<String> scratchNames) {
    this.folders = folders;
    this.scratchNames = scratchNames;
  }

  /**
   * How a live database differs from the migrations.
   *
   * @param url its JDBC address, at which on Postgres the scratch database is made
   * @throws MigrationFailure if it cannot be read, or no scratch database be made beside it
   */
  public Drift check(DataSource live, String url, String user, String password) {
    try {
      var vendor = Vendor.of(live);
      var expected =
          switch (vendor) {
            case H2 -> ofScratchH2();
            case POSTGRESQL -> ofScratchPostgres(url, user, password);
          };
      return new Drift(vendor, expected.differencesOf(snapshot(live)));
    } catch (SQLException e) {
      throw MigrationFailure.of(e);
    }
  }

  private static SchemaSnapshot snapshot(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      return SchemaSnapshot.read(connection);
    }
  }

  private SchemaSnapshot ofScratchH2() throws SQLException {
    try (var connection = migratedH2()) {
      try {
        return SchemaSnapshot.read(connection);
      } finally {
        discard(connection);
      }
    }
  }

  /** A fresh H2 database at head; whoever asks for it discards it. */
  Connection migratedH2() throws SQLException {
    var scratch =
        DirectDataSource.of("jdbc:h2:mem:" + SCRATCH + scratchNames.get() + H2_OPTIONS, "sa", "");
    var _ = Migrator.of(scratch, folders).migrate();
    return scratch.getConnection();
  }

  static void discard(Connection scratch) throws SQLException {
    try (var statement = scratch.createStatement()) {
      statement.execute("drop all objects delete files");
      statement.execute("shutdown immediately");
    }
  }

  private SchemaSnapshot ofScratchPostgres(String url, String user, String password)
      throws SQLException {
    var name = SCRATCH + scratchNames.get();
    var beside = new PGSimpleDataSource();
    beside.setUrl(url);
    beside.setUser(user);
    beside.setPassword(password);
    beside.setDatabaseName(name);
    try (var connection = DirectDataSource.of(url, user, password).getConnection()) {
      create(connection, name, user);
      try {
        var _ = Migrator.of(beside, folders).migrate();
        return snapshot(beside);
      } finally {
        execute(connection, "drop database if exists " + name + " with (force)");
      }
    }
  }

  private static void create(Connection connection, String name, String user) throws SQLException {
    try {
      execute(connection, "create database " + name + " template template0");
    } catch (SQLException e) {
      throw new MigrationFailure(
          ("cannot make the scratch database that the schema is compared with, beside the one to check: %s; "
                  + "check as a user who may create databases (alter role %s createdb)")
              .formatted(e.getMessage(), user),
          e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
