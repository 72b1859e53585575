package dev.core.common.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.core.common.settings.DatabaseSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;

/** Makes connection pools. */
final class Pools {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration IDLE_OF_WORKERS = Duration.ofSeconds(10);

  private Pools() {}

  /**
   * A pool that keeps one connection, and has made it.
   *
   * @throws DatabaseUnavailable if it could not
   */
  static HikariDataSource connected(DatabaseSettings settings, DataSource source) {
    var config = config(settings, source);
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE.toMillis());
    // Tries exactly once, so that a wrong address or password is told of at once.
    config.setInitializationFailTimeout(1);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new DatabaseUnavailable(settings, e);
    }
  }

  /** A pool that connects when it is asked to, and soon lets go: thousands of workers have one. */
  static HikariDataSource lazy(DatabaseSettings settings, DataSource source) {
    var config = config(settings, source);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE_OF_WORKERS.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(DatabaseSettings settings, DataSource source) {
    var config = new HikariConfig();
    config.setPoolName("core");
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setDataSource(source);
    config.setExceptionOverride(new DropLostConnections());
    var role = settings.role();
    if (role != null) {
      config.setConnectionInitSql("set role " + role);
    }
    return config;
  }

  /** What tells the server who wants what, beside the address. */
  static Properties properties(DatabaseSettings settings) {
    var properties = new Properties();
    var user = settings.user();
    var password = settings.password();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    switch (Dialect.of(settings.url())) {
      case H2 -> {}
      case POSTGRES -> {
        properties.setProperty("ApplicationName", "core");
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("socketFactory", PromptSocketFactory.class.getName());
      }
    }
    return properties;
  }

  /**
   * A pool takes a connection that was used a moment ago for alive, and H2's errors for harmless.
   */
  private static final class DropLostConnections implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return TransientFailure.of(failure).equals(Optional.of(TransientFailure.CONNECTION_LOST))
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
