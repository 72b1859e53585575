package dev.core.common.protocol.jdbc;

import dev.core.common.database.KeptStatements;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One connection for transactions that follow each other within milliseconds: it stays open, with
 * its statements prepared, until one fails; the next opens another. Callers wait for each other.
 */
final class HeldConnection implements AutoCloseable {

  private final Jdbi jdbi;
  private final ReentrantLock using = new ReentrantLock();
  private @Nullable Handle handle;

  HeldConnection(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Runs a transaction and commits it.
   *
   * @param after what follows the commit, outside of the transaction
   */
  <T> T with(Function<Handle, T> transaction, BiConsumer<Handle, T> after) {
    using.lock();
    try {
      var open = handle;
      if (open == null) {
        open = open();
        handle = open;
      }
      var result = transaction.apply(open);
      open.getConnection().commit();
      after.accept(open, result);
      return result;
    } catch (SQLException e) {
      abandon(e);
      throw new ConnectionException(e);
    } catch (RuntimeException e) {
      abandon(e);
      throw e;
    } finally {
      using.unlock();
    }
  }

  private Handle open() throws SQLException {
    var opened = jdbi.open();
    opened.setStatementBuilder(new KeptStatements());
    opened.getConnection().setAutoCommit(false);
    return opened;
  }

  /** Nothing of the failed transaction may leak into the next. */
  private void abandon(Exception failure) {
    var open = handle;
    handle = null;
    if (open != null) {
      try (open) {
        open.getConnection().rollback();
        open.getConnection().setAutoCommit(true);
      } catch (SQLException | RuntimeException e) {
        // It is broken, which the failure says already.
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    using.lock();
    try (var open = handle) {
      handle = null;
      if (open != null) {
        open.getConnection().setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    } finally {
      using.unlock();
    }
  }
}
