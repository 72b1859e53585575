package dev.core.common.protocol.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Writes an outcome on Postgres and gives notice of it, two transactions in one round trip. The
 * second does not wait for the disk, and comes after the commit of the first for the reason that
 * {@link ClaimStatements#announce} tells.
 */
final class FinishAndNotice {

  private static final String BOTH =
      """
      begin;
      select execution.finish(?, ?, ?, ?);
      commit;
      begin;
      set local synchronous_commit = off;
      notify core_worker_news;
      commit
      """;

  private FinishAndNotice() {}

  /**
   * @param handle one that commits automatically
   */
  static boolean send(Handle handle, String token, int partition, String claimant, String outcome) {
    var connection = handle.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(BOTH)) {
      statement.setString(1, token);
      statement.setInt(2, partition);
      statement.setString(3, claimant);
      statement.setString(4, outcome);
      boolean isRows = statement.execute();
      while (!isRows) {
        isRows = statement.getMoreResults();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException e) {
      leaveTransaction(handle, e);
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  /** The driver does not know of a transaction that it did not begin. */
  private static void leaveTransaction(Handle handle, SQLException failure) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute("rollback");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
