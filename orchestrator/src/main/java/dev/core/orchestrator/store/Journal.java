package dev.core.orchestrator.store;

import dev.core.common.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the leader decides. Every transaction begins with the fence, so that a leader that
 * was overtaken writes nothing; and closes claims only as they were when the decision was made, so
 * that no outcome is lost to a decision that did not know of it. Used by one thread.
 */
public final class Journal {

  private final Handle handle;
  private final Dialect dialect;
  private final Prepared prepared;
  private final long epoch;
  private final Duration lease;

  /**
   * @param handle a connection of its own, see {@link JournalSession}
   */
  public Journal(Handle handle, long epoch, Duration lease) {
    this.handle = handle;
    this.dialect = dialect(handle);
    this.prepared = new Prepared(handle.getConnection());
    this.epoch = epoch;
    this.lease = lease;
  }

  private static Dialect dialect(Handle handle) {
    try {
      return Dialect.of(handle.getConnection());
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** What became of an entry. */
  public sealed interface Result {}

  /** It is written, and the lease renewed. */
  public record Written() implements Result {}

  /** Nothing is written: another leads. */
  public record Fenced() implements Result {}

  /**
   * Nothing is written: a worker claimed, renewed or finished one of these attempts meanwhile. Read
   * their claims and decide again.
   */
  public record Overtaken(List<Long> attemptIds) implements Result {
    public Overtaken {
      attemptIds = List.copyOf(attemptIds);
    }
  }

  /**
   * Writes an entry in one transaction.
   *
   * @throws org.jdbi.v3.core.JdbiException if the database refuses it; nothing is written, unless
   *     the connection was lost, when that is unknown
   */
  public Result write(JournalEntry entry) throws SQLException {
    return handle.inTransaction(transaction -> {
      if (!Leadership.renew(transaction, epoch, lease)) {
        transaction.rollback();
        return new Fenced();
      }
      Connection connection = transaction.getConnection();
      var overtaken = write(connection, entry);
      if (!overtaken.isEmpty()) {
        transaction.rollback();
        return new Overtaken(overtaken);
      }
      return new Written();
    });
  }

  /** Flags a run that could not be journalled, so that it is left alone until it is released. */
  public Result quarantine(long runId, String cause) {
    return handle.inTransaction(transaction -> {
      if (!Leadership.renew(transaction, epoch, lease)) {
        return new Fenced();
      }
      int _ =
          transaction
              .createUpdate(
                  """
                  update execution.runs
                  set quarantined_at = execution.clock(), quarantine_cause = :cause
                  where id = :id
                  """)
              .bind("cause", cause)
              .bind("id", runId)
              .execute();
      return new Written();
    });
  }

  /**
   * Notes that a backend cannot be asked.
   *
   * @param trouble null: it answers again
   */
  public Result note(String mode, @Nullable String trouble, Instant now) {
    return handle.inTransaction(transaction -> {
      if (!Leadership.renew(transaction, epoch, lease)) {
        return new Fenced();
      }
      BackendTroubles.write(transaction, mode, trouble, now);
      return new Written();
    });
  }

  private List<Long> write(Connection connection, JournalEntry entry) throws SQLException {
    var rows = RowChanges.of(entry.changes());
    // What was lost alone comes first: the rest of its attempt may be closed as well.
    List<Long> overtaken = LostClaims.close(connection, rows.losses);
    overtaken.addAll(ClaimRows.close(connection, rows.closed));
    if (!overtaken.isEmpty()) {
      return overtaken;
    }
    var bundle = new Bundle();
    RunRows.write(bundle, rows, entry.now());
    // Before the attempts: one that is intended here may read what was written here.
    RecordRows.writeDatasets(bundle, entry);
    AttemptRows.write(bundle, entry, rows);
    FanOutRows.write(bundle, rows);
    ClaimRows.insert(bundle, rows.newAttempts);
    ClaimRows.seen(bundle, entry.news());
    RecordRows.write(bundle, entry, epoch);
    bundle.execute(prepared, dialect);
    RunRows.release(connection, entry.released());
    ScheduleRows.write(connection, entry.triggers());
    PauseRows.write(connection, entry.triggers());
    return List.of();
  }
}
