package dev.core.common.database.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * The sessions of other processes in the database that this one hosts. A <em>lasting</em> guest, a
 * server or a worker, goes on when its connections break; any other may be a command that does not,
 * and gets the time to end: such a process is in the {@link GuestBook}.
 */
final class Guests {
  /** For so long a host that ends waits for commands. */
  private static final Duration COURTESY = Duration.ofSeconds(20);

  /** And for lasting guests, to be between two of their transactions. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** When nobody did anything for so long, a command is a person's, who reads or thinks. */
  private static final Duration IDLE = Duration.ofSeconds(3);

  private static final Duration STILL = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(10);

  private static final String IDLE_MILLIS =
      """
      select session_id, datediff('millisecond', sleep_since, current_timestamp)
      from information_schema.sessions where sleep_since is not null
      """;

  private final Connection keeper;
  private final SessionLocal own;

  /**
   * @param keeper a connection of this process
   */
  Guests(Connection keeper) throws SQLException {
    this.keeper = keeper;
    this.own = (SessionLocal) keeper.unwrap(JdbcConnection.class).getSession();
  }

  /**
   * Returns when no command is left and no lasting guest is in the middle of something, or when
   * they have had their time.
   */
  void awaitEnd(GuestBook book) throws SQLException, IOException {
    long start = System.nanoTime();
    long restless = start;
    while (!book.shut()) {
      long now = System.nanoTime();
      restless = isAnyBusy() ? now : restless;
      if (now - start >= COURTESY.toNanos() || now - restless >= IDLE.toNanos() || !pause()) {
        return;
      }
    }
    start = System.nanoTime();
    while (isAnyBusy() && System.nanoTime() - start < MOMENT.toNanos() && pause()) {
      // A lasting guest is in a transaction.
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isAnyBusy() throws SQLException {
    var idle = idleMillis();
    return sessions().stream().anyMatch(session -> isBusy(session, idle));
  }

  private List<SessionLocal> sessions() {
    return Arrays.stream(own.getDatabase().getSessions(false))
        .filter(session -> session.getNetworkConnectionInfo() != null && session.isOpen())
        .toList();
  }

  private static boolean isBusy(SessionLocal session, Map<Integer, Long> idleMillis) {
    return !session.getAutoCommit()
        || session.getCurrentCommand() != null
        || idleMillis.getOrDefault(session.getId(), 0L) < STILL.toMillis();
  }

  private Map<Integer, Long> idleMillis() throws SQLException {
    var idle = new HashMap<Integer, Long>();
    try (var statement = keeper.createStatement();
        var rows = statement.executeQuery(IDLE_MILLIS)) {
      while (rows.next()) {
        idle.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return idle;
  }
}
