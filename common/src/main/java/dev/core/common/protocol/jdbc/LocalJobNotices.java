package dev.core.common.protocol.jdbc;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears Postgres say that there may be new local jobs, on a connection of its own. Only a hint:
 * whoever waits for jobs looks for himself from time to time. On H2 nothing is ever heard.
 */
public final class LocalJobNotices implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalJobNotices.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Database database;
  private final Runnable heard;
  private final Thread thread;
  private volatile boolean closed;

  private LocalJobNotices(Database database, Runnable heard) {
    this.database = database;
    this.heard = heard;
    this.thread = Thread.ofPlatform().name("local job notices").daemon().unstarted(this::listen);
  }

  /**
   * @param heard is called for each hint, in a thread of its own; must be quick
   */
  public static LocalJobNotices start(Database database, Runnable heard) {
    var notices = new LocalJobNotices(database, heard);
    if (database.dialect() == Dialect.POSTGRES) {
      notices.thread.start();
    }
    return notices;
  }

  private void listen() {
    while (!closed) {
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("listen core_local_jobs");
        var postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
          var notices = postgres.getNotifications(Math.toIntExact(WAIT.toMillis()));
          if (notices != null && notices.length > 0) {
            heard.run();
          }
        }
        statement.execute("unlisten *");
      } catch (SQLException e) {
        LOGGER.debug("no notices of local jobs for now", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException e) {
      // Only close interrupts.
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
