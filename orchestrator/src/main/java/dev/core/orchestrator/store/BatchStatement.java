package dev.core.orchestrator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One statement that is executed for many rows, sent in one go. Plain JDBC, because the journal is
 * the hot path and parsing names once a row would be most of its work.
 */
final class BatchStatement implements RowValues {

  private final PreparedStatement statement;
  private int next;

  private BatchStatement(PreparedStatement statement) {
    this.statement = statement;
  }

  /**
   * @return how many rows each execution changed
   */
  static <T> int[] execute(
      Connection connection, String sql, Collection<T> rows, RowValues.Binder<T> binder)
      throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return execute(statement, rows, binder);
    }
  }

  /** The same with a statement that goes on to live. */
  static <T> int[] execute(
      PreparedStatement statement, Collection<T> rows, RowValues.Binder<T> binder)
      throws SQLException {
    // What an earlier use left behind when binding failed.
    statement.clearBatch();
    for (T row : rows) {
      binder.bind(new BatchStatement(statement), row);
      statement.addBatch();
    }
    return statement.executeBatch();
  }

  @Override
  public BatchStatement text(@Nullable String value) throws SQLException {
    statement.setString(++next, value);
    return this;
  }

  @Override
  public BatchStatement number(long value) throws SQLException {
    statement.setLong(++next, value);
    return this;
  }

  @Override
  public BatchStatement number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.BIGINT);
      return this;
    }
    return number(value.longValue());
  }

  @Override
  public BatchStatement number(@Nullable Integer value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.INTEGER);
    } else {
      statement.setInt(++next, value);
    }
    return this;
  }

  @Override
  public BatchStatement flag(boolean value) throws SQLException {
    statement.setBoolean(++next, value);
    return this;
  }

  @Override
  public BatchStatement time(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(++next, value.atOffset(ZoneOffset.UTC));
    }
    return this;
  }
}
