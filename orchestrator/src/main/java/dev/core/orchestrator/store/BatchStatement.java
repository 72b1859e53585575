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
 * One statement for many rows, sent in one go. Plain JDBC, because the journal is the hot path and
 * parsing names once a row would be most of its work.
 */
final class BatchStatement {

  private final PreparedStatement statement;
  private int next;

  private BatchStatement(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Sets the values of one row, in the order of the question marks. */
  interface Binder<T> {
    void bind(BatchStatement row, T value) throws SQLException;
  }

  /**
   * @return how many rows each execution changed
   */
  static <T> int[] execute(Connection connection, String sql, Collection<T> rows, Binder<T> binder)
      throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        binder.bind(new BatchStatement(statement), row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  BatchStatement text(@Nullable String value) throws SQLException {
    statement.setString(++next, value);
    return this;
  }

  BatchStatement name(@Nullable Enum<?> value) throws SQLException {
    return text(value == null ? null : value.name());
  }

  BatchStatement number(long value) throws SQLException {
    statement.setLong(++next, value);
    return this;
  }

  BatchStatement number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.BIGINT);
      return this;
    }
    return number(value.longValue());
  }

  BatchStatement number(@Nullable Integer value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.INTEGER);
    } else {
      statement.setInt(++next, value);
    }
    return this;
  }

  BatchStatement time(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++next, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(++next, value.atOffset(ZoneOffset.UTC));
    }
    return this;
  }
}
