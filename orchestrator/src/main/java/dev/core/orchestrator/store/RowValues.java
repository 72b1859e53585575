package dev.core.orchestrator.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes the values of one row, in the order of the statement's columns. */
interface RowValues {

  RowValues text(@Nullable String value) throws SQLException;

  RowValues number(long value) throws SQLException;

  RowValues number(@Nullable Long value) throws SQLException;

  RowValues number(@Nullable Integer value) throws SQLException;

  RowValues flag(boolean value) throws SQLException;

  RowValues time(@Nullable Instant value) throws SQLException;

  default RowValues name(@Nullable Enum<?> value) throws SQLException {
    return text(value == null ? null : value.name());
  }

  /** Says what the columns of a row are. */
  interface Binder<T> {
    void bind(RowValues row, T value) throws SQLException;
  }
}
