package dev.core.common.database.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** The sessions of other processes in the database that this one hosts. */
final class Guests {
  /** For so long they may end what they are at. */
  private static final Duration COURTESY = Duration.ofSeconds(1);

  /** Those that did nothing for so long, and are in no transaction, are between two things. */
  private static final Duration STILL = Duration.ofMillis(50);

  private static final Duration LOOK = Duration.ofMillis(5);

  private final SessionLocal own;

  /**
   * @param keeper a connection of this process
   */
  Guests(Connection keeper) throws SQLException {
    this.own = (SessionLocal) keeper.unwrap(JdbcConnection.class).getSession();
  }

  /** What a session has done last; the same again: nothing since. */
  private record Last(int session, String command) {}

  /** Returns when none is in the middle of something, or after a second. */
  void awaitStillness() {
    long start = System.nanoTime();
    long stillSince = start;
    List<Last> before = List.of();
    while (System.nanoTime() - start < COURTESY.toNanos()) {
      var guests = sessions();
      if (guests.isEmpty()) {
        return;
      }
      var now = guests.stream().map(Guests::last).toList();
      if (!now.equals(before) || guests.stream().anyMatch(Guests::isBusy)) {
        stillSince = System.nanoTime();
        before = now;
      } else if (System.nanoTime() - stillSince >= STILL.toNanos()) {
        return;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private List<SessionLocal> sessions() {
    return Arrays.stream(own.getDatabase().getSessions(false))
        .filter(session -> session.getNetworkConnectionInfo() != null && session.isOpen())
        .toList();
  }

  private static boolean isBusy(SessionLocal session) {
    return !session.getAutoCommit() || session.getCurrentCommand() != null;
  }

  private static Last last(SessionLocal session) {
    return new Last(session.getId(), Objects.toString(session.getCommandStartOrEnd()));
  }
}
