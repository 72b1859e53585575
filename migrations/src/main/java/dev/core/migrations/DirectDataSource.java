package dev.core.migrations;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A new connection for every call; none is kept. Its text is the address without login, because
 * pools print it. Thread-safe.
 */
public final class DirectDataSource implements DataSource {

  /** Makes connections; may be asked by many threads at once. */
  @FunctionalInterface
  public interface Source {
    /**
     * @param properties user and password among them, where the database asks for them
     */
    Connection connect(Properties properties) throws SQLException;
  }

  private final String address;
  private final Source source;
  private final Properties properties;

  /**
   * @param address for people, without a login
   */
  public DirectDataSource(String address, Source source, Properties properties) {
    this.address = address;
    this.source = source;
    this.properties = properties;
  }

  /**
   * Connections of the driver for a JDBC address. {@code DriverManager} is passed by, because it
   * loads the drivers of every database on the class path first, native libraries included.
   */
  public static DirectDataSource of(String url, Properties properties) {
    Driver driver = url.startsWith("jdbc:h2:") ? new org.h2.Driver() : new org.postgresql.Driver();
    return new DirectDataSource(url, own -> connect(driver, url, own), properties);
  }

  /** The same with a login alone. */
  static DirectDataSource of(String url, String user, String password) {
    return of(url, login(user, password));
  }

  private static Connection connect(Driver driver, String url, Properties properties)
      throws SQLException {
    var connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException(driver.getClass().getName() + " does not know " + url);
    }
    return connection;
  }

  private static Properties login(String user, String password) {
    var login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.connect(properties);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    var own = new Properties();
    own.putAll(properties);
    own.putAll(login(user, password));
    return source.connect(own);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  /** For so long a closing pool waits for connections that are being made. */
  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("java.util.logging is not used");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public String toString() {
    return address;
  }
}
