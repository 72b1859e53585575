package dev.core.common.configuration;

import dev.core.common.database.Dialect;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * In whose name the store is written. The triggers that record edits read it from the connection:
 * from the transaction on Postgres, from a variable of the session on H2.
 */
record Actor(String name, Dialect dialect) {

  /** Writes in the transaction that is open, or else in one of its own. */
  <T> T write(Handle handle, Function<Handle, T> statements) {
    return handle.inTransaction(transaction -> {
      announce(transaction, name);
      boolean written = false;
      try {
        var result = statements.apply(transaction);
        written = true;
        return result;
      } finally {
        // After a failure Postgres refuses every statement until the rollback, which undoes it.
        if (written || dialect == Dialect.H2) {
          announce(transaction, "");
        }
      }
    });
  }

  private void announce(Handle handle, String actor) {
    switch (dialect) {
      case POSTGRES -> {
        try (var query = handle.createQuery("select set_config('core.actor', :actor, true)")) {
          query.bind("actor", actor).mapTo(String.class).one();
        }
      }
      case H2 -> {
        try (var update = handle.createUpdate("set @core_actor = :actor")) {
          update.bind("actor", actor).execute();
        }
      }
    }
  }
}
