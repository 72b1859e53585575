package dev.core.orchestrator.store;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * The leader's own connection. On Postgres its transactions are ended by the server before the
 * lease is over: a leader that is stopped in the middle of one would hold the lock on the row of
 * leadership for ever otherwise, and nobody could take over.
 */
public final class JournalSession implements AutoCloseable {

  private static final String[] TIMEOUTS = {
    "idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout"
  };

  private final Handle handle;
  private final boolean limited;

  private JournalSession(Handle handle, boolean limited) {
    this.handle = handle;
    this.limited = limited;
  }

  /**
   * @param lease of leadership; transactions are limited to half of it
   */
  public static JournalSession open(Database database, Duration lease) {
    var session =
        new JournalSession(database.jdbi().open(), database.dialect() == Dialect.POSTGRES);
    if (session.limited) {
      for (String timeout : TIMEOUTS) {
        session.handle.execute("set " + timeout + " = " + lease.toMillis() / 2);
      }
    }
    return session;
  }

  public Handle handle() {
    return handle;
  }

  /** Gives the connection back as it was. */
  @Override
  public void close() {
    try (handle) {
      if (limited) {
        for (String timeout : TIMEOUTS) {
          handle.execute("reset " + timeout);
        }
      }
    }
  }
}
