package dev.core.common.protocol.jdbc;

import dev.core.common.bell.Bell;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears that there may be new local jobs: from Postgres, on a connection of its own; where H2 is
 * the database, by a bell. Only a hint: whoever waits for jobs looks for himself from time to time,
 * and often while {@link #hears} says no. Thread-safe.
 */
public final class LocalJobNotices implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalJobNotices.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Database database;
  private final Runnable heard;
  private final Thread thread;
  private final @Nullable Bell bell;
  private volatile boolean listening;
  private volatile boolean closed;

  private LocalJobNotices(Database database, Runnable heard) {
    this.database = database;
    this.heard = heard;
    this.thread = Thread.ofPlatform().name("local job notices").daemon().unstarted(this::listen);
    this.bell = database.dialect() == Dialect.H2 ? Bell.hang(heard).orElse(null) : null;
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

  /** Where the bell is; null: there is none. */
  public @Nullable Integer port() {
    return bell == null ? null : bell.port();
  }

  /** Whether a hint would be heard at this moment. */
  public boolean hears() {
    return listening || bell != null;
  }

  private void listen() {
    while (!closed) {
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("listen core_local_jobs");
        listening = true;
        // What came before.
        heard.run();
        var postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
          var notices = postgres.getNotifications(Math.toIntExact(WAIT.toMillis()));
          if (notices != null && notices.length > 0) {
            heard.run();
          }
        }
        statement.execute("unlisten *");
      } catch (SQLException e) {
        listening = false;
        LOGGER.debug("no notices of local jobs for now", e);
        pause();
      }
    }
    listening = false;
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
    if (bell != null) {
      bell.close();
    }
  }
}
