package dev.core.common.protocol.jdbc;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.TestDatabase;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections as a worker has them: on Postgres with the rights of its role only. */
record WorkerConnection(DataSource source, String role) implements DataSource {

  static Database as(String role, TestDatabase test) {
    var source = test.dataSource();
    return Database.over(
        test.isPostgres() ? new WorkerConnection(source, role) : source,
        test.isPostgres() ? Dialect.POSTGRES : Dialect.H2);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = source.getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("set role " + role);
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("not used");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
