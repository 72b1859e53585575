package dev.core.orchestrator.engine.loop;

import com.zaxxer.hikari.HikariDataSource;
import dev.core.common.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the leader when Postgres gives notice of workers' news, commands or edits. On a connection
 * of its own; a notice that is lost costs only the wait until the next look.
 */
final class NoticeListener implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);
  private static final String EDITS = "core_configuration";
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final Inbox inbox;

  NoticeListener(Database database, Inbox inbox) {
    this.database = database;
    this.inbox = inbox;
  }

  /** Until its thread is interrupted. */
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = database.dataSource().getConnection()) {
        listen(connection);
      } catch (SQLException e) {
        // An interrupt closes the connection: that is how the leader ends this.
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warn("listening for notices failed; trying again: {}", e.getMessage());
        if (!paused()) {
          return;
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen core_worker_news");
      statement.execute("listen core_commands");
      statement.execute("listen " + EDITS);
    }
    // Of edits that were made meanwhile there was no notice.
    inbox.edited();
    try {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (!Thread.currentThread().isInterrupted()) {
        var notices = postgres.getNotifications((int) Duration.ofSeconds(1).toMillis());
        if (notices != null && notices.length > 0) {
          inbox.wake();
          if (Arrays.stream(notices).anyMatch(notice -> notice.getName().equals(EDITS))) {
            inbox.edited();
          }
        }
      }
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        discard(connection);
      } else {
        unlisten(connection);
      }
    }
  }

  private static void unlisten(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("unlisten *");
    }
  }

  /** The interrupt has closed it; the pool need not find that out and warn of it. */
  private void discard(Connection connection) {
    if (database.dataSource() instanceof HikariDataSource pool) {
      pool.evictConnection(connection);
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(AGAIN_AFTER);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
