package dev.core.orchestrator.store;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The leader's own connection. On Postgres the server ends its transactions before the lease is
 * over: a leader that is stopped in the middle of one would hold the lock on the row of leadership
 * for ever otherwise, and nobody could take over.
 */
public final class JournalSession implements AutoCloseable {

  /** Each ends a way to be stopped: between two statements, waiting for a lock, within one. */
  private static final List<String> OF_STATEMENTS =
      List.of("idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout");

  /**
   * Ends what they do not see, such as a batch of which the server has not got the end. Since
   * Postgres 17.
   */
  private static final String OF_TRANSACTIONS = "transaction_timeout";

  /**
   * What is done here all the time finds rows by their keys. Plans of prepared statements outlive
   * the small tables that they were made for, so reading whole tables is ruled out from the start.
   */
  private static final List<String> PLANS = List.of("enable_seqscan", "jit");

  /** For the same reason one plan does for all: making one anew would cost more than it saves. */
  private static final String PLAN_ONCE = "plan_cache_mode";

  private final Handle handle;
  private final List<String> changed = new ArrayList<>();

  private JournalSession(Handle handle) {
    this.handle = handle;
  }

  /**
   * @param lease of leadership; a transaction is limited to it, what it waits for to half of it
   */
  public static JournalSession open(Database database, Duration lease) {
    var session = new JournalSession(database.jdbi().open());
    if (database.dialect() == Dialect.POSTGRES) {
      PLANS.forEach(setting -> session.set(setting, "off"));
      session.set(PLAN_ONCE, "force_generic_plan");
      OF_STATEMENTS.forEach(timeout -> session.limit(timeout, lease.toMillis() / 2));
      if (session.knows(OF_TRANSACTIONS)) {
        session.limit(OF_TRANSACTIONS, lease.toMillis());
      }
    }
    return session;
  }

  private boolean knows(String setting) {
    return handle
            .createQuery("select count(*) from pg_settings where name = :name")
            .bind("name", setting)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private void limit(String timeout, long millis) {
    set(timeout, String.valueOf(millis));
  }

  private void set(String setting, String value) {
    handle.execute("set " + setting + " = " + value);
    changed.add(setting);
  }

  public Handle handle() {
    return handle;
  }

  /**
   * Gives the connection back as it was.
   *
   * @throws org.jdbi.v3.core.JdbiException if it is broken, and gone
   */
  @Override
  public void close() {
    try (handle) {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
      changed.forEach(setting -> handle.execute("reset " + setting));
    }
  }
}
