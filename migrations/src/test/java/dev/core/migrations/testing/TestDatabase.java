package dev.core.migrations.testing;

import dev.core.migrations.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of one test's own. Every connection of {@link #dataSource} is a new one, not pooled.
 * It lasts as long as the JVM, or until it is closed.
 */
public record TestDatabase(Vendor vendor, String url, String user, String password)
    implements AutoCloseable {

  public boolean isPostgres() {
    return vendor == Vendor.POSTGRESQL;
  }

  public DataSource dataSource() {
    return dataSource(user, password);
  }

  /** The same database as another user. */
  public DataSource dataSource(String asUser, String withPassword) {
    if (isPostgres()) {
      var postgres = new PGSimpleDataSource();
      postgres.setUrl(url);
      postgres.setUser(asUser);
      postgres.setPassword(withPassword);
      return postgres;
    }
    var h2 = new JdbcDataSource();
    h2.setUrl(url);
    h2.setUser(asUser);
    h2.setPassword(withPassword);
    return h2;
  }

  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** Runs statements that need no answer, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Drops it, whoever is still connected. */
  @Override
  public void close() throws SQLException {
    if (isPostgres()) {
      TestDatabases.drop(this);
    } else {
      execute("shutdown immediately");
    }
  }

  @Override
  public String toString() {
    return vendor == Vendor.POSTGRESQL ? "Postgres" : "H2";
  }
}
