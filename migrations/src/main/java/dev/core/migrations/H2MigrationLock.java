package dev.core.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/**
 * Keeps all others who migrate the same H2 database out until it is closed. H2 ends a transaction,
 * and with it every lock that Flyway holds, at each statement that changes the schema; so this
 * holds a row in a session of its own. Ends with its process.
 */
final class H2MigrationLock implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final Connection session;
  private final int usualTimeout;

  /** Waits until it holds the lock; fails if that takes two minutes. */
  H2MigrationLock(DataSource database) throws SQLException {
    session = database.getConnection();
    try (var statement = session.createStatement()) {
      try (var row = statement.executeQuery("select lock_timeout()")) {
        row.next();
        usualTimeout = row.getInt(1);
      }
      statement.execute("set lock_timeout " + PATIENCE_MILLIS);
      // Beside the schema of the history, which Flyway wants to find empty.
      executeUnlessThere(
          "create schema if not exists migration_lock", ErrorCode.SCHEMA_ALREADY_EXISTS_1);
      executeUnlessThere(
          "create table if not exists migration_lock.holders (id integer primary key)",
          ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1);
      executeUnlessThere(
          """
          insert into migration_lock.holders (id)
          select 1 where not exists (select 1 from migration_lock.holders where id = 1)
          """,
          ErrorCode.DUPLICATE_KEY_1);
      session.setAutoCommit(false);
      statement.execute("select id from migration_lock.holders where id = 1 for update");
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Another may have done the same between the look and the deed. */
  private void executeUnlessThere(String sql, int thereAlready) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      if (e.getErrorCode() != thereAlready) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (session;
        var statement = session.createStatement()) {
      session.rollback();
      session.setAutoCommit(true);
      statement.execute("set lock_timeout " + usualTimeout);
    }
  }
}
