package dev.core.common.protocol.jdbc;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.WrappedSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections as a worker has them: on Postgres with the rights of its role only. */
final class WorkerConnection extends WrappedSource {

  private final String role;

  private WorkerConnection(DataSource source, String role) {
    super(source);
    this.role = role;
  }

  static Database as(String role, TestDatabase test) {
    var source = test.dataSource();
    return Database.over(
        test.isPostgres() ? new WorkerConnection(source, role) : source,
        test.isPostgres() ? Dialect.POSTGRES : Dialect.H2);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = wrapped().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("set role " + role);
    }
    return connection;
  }
}
