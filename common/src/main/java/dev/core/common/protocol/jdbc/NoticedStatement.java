package dev.core.common.protocol.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that gives rows, and a notice of it, on Postgres: two transactions in one round trip.
 * The second does not wait for the disk, and comes after the commit of the first for the reason
 * that {@link ClaimStatements#announce} tells.
 */
public final class NoticedStatement {

  private NoticedStatement() {}

  /** Sets the statement's parameters. */
  public interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** What one row means. */
  public interface Row<T extends @Nullable Object> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * @param handle one that commits automatically
   * @throws UnableToExecuteStatementException if either failed; the first may have been committed
   */
  public static <T extends @Nullable Object> List<T> execute(
      Handle handle, String sql, String channel, Binder binder, Row<T> mapper) {
    String both =
        "begin;\n%s;\ncommit;\nbegin;\nset local synchronous_commit = off;\nnotify %s;\ncommit"
            .formatted(sql, channel);
    try (var statement = handle.getConnection().prepareStatement(both)) {
      binder.bind(statement);
      boolean isRows = statement.execute();
      while (!isRows && statement.getUpdateCount() >= 0) {
        isRows = statement.getMoreResults();
      }
      var all = new ArrayList<T>();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          all.add(mapper.of(rows));
        }
      }
      return all;
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
