package dev.core.common.configuration;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.Migrator;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A configuration store of its own, in memory, with the real schema: for tests, notebooks and
 * trying things out. It is empty until {@link #generateMocks} and gone when it is closed.
 */
public final class ConfigurationMocker implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong();

  private final JdbcDataSource dataSource = new JdbcDataSource();
  private final Database database;
  private final String actor;

  public ConfigurationMocker() {
    this("mocker");
  }

  /**
   * @param actor who is recorded as the author of the edits
   */
  public ConfigurationMocker(String actor) {
    this.actor = actor;
    dataSource.setUrl(
        "jdbc:h2:mem:core_mock_"
            + NUMBER.incrementAndGet()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";DB_CLOSE_DELAY=-1");
    dataSource.setUser("sa");
    dataSource.setPassword("");
    var _ = Migrator.of(dataSource).migrate();
    database = Database.over(dataSource, Dialect.H2);
  }

  /** The database itself. */
  public Database database() {
    return database;
  }

  /** A session on this store; others on the same mocker see what it commits. */
  public ConfigurationSession session() {
    return openSession(() -> {});
  }

  ConfigurationSession openSession(Runnable onClose) {
    return ConfigurationSession.opened(database, actor, onClose);
  }

  /** Adds a small example: one client, two templates, and a pipeline that uses both. */
  public void generateMocks() {
    try (var session = session()) {
      MockConfiguration.addTo(session.store());
      session.commit();
    }
  }

  @Override
  public void close() {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close the store in memory", e);
    }
  }
}
