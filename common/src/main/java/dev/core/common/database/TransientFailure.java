package dev.core.common.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;

/** Failures of a database that pass: the same statement may succeed when it is tried again. */
public enum TransientFailure {
  /**
   * The connection broke, or none could be made; whether a commit that was under way took effect is
   * unknown.
   */
  CONNECTION_LOST,
  /** The server is full; wait a random while before the next try. Nothing took effect. */
  TOO_MANY_CONNECTIONS,
  /** Another transaction was in the way, and this one was rolled back. */
  CONFLICT;

  private static final Set<String> LOST =
      Set.of(
          "57P01", // terminated by an administrator
          "57P02", // another process crashed
          "57P03", // starting up or shutting down
          "57P05", // idle session time-out
          "25P03", // idle-in-transaction time-out
          "25P04", // transaction time-out
          "90020", // H2: the file is being opened or closed by another process
          "90067", // H2: connection is broken
          "90098", // H2: the database has been closed
          "90121"); // H2: the database is closed

  private static final Set<String> CONFLICTS =
      Set.of(
          "40001", // serialization failure; H2: deadlock
          "40P01", // deadlock
          "55P03", // lock not available
          "57014", // statement time-out
          "HYT00", // H2: lock time-out
          "90131"); // H2: concurrent update

  /** What kind of passing failure this is, or is caused by; empty: trying again is of no use. */
  public static Optional<TransientFailure> of(Throwable failure) {
    Optional<TransientFailure> found = Optional.empty();
    int depth = 0;
    for (Throwable each = failure;
        each != null && depth < 20 && found.isEmpty();
        each = each.getCause(), depth++) {
      if (each instanceof SQLException sql) {
        found = ofState(sql);
      }
    }
    return found;
  }

  private static Optional<TransientFailure> ofState(SQLException failure) {
    var state = failure.getSQLState();
    if (state == null) {
      // Of the pool itself: no connection came free in time. What it waited for may say more.
      return failure instanceof SQLTransientConnectionException && failure.getCause() == null
          ? Optional.of(TOO_MANY_CONNECTIONS)
          : Optional.empty();
    }
    if (state.equals("53300")) {
      return Optional.of(TOO_MANY_CONNECTIONS);
    }
    if (state.startsWith("08") || LOST.contains(state)) {
      return Optional.of(CONNECTION_LOST);
    }
    if (CONFLICTS.contains(state)) {
      return Optional.of(CONFLICT);
    }
    return failure instanceof SQLRecoverableException
        ? Optional.of(CONNECTION_LOST)
        : failure instanceof SQLTransientException ? Optional.of(CONFLICT) : Optional.empty();
  }
}
