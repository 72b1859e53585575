package dev.core.orchestrator.store;

import dev.core.common.database.Dialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction, in order. On Postgres all of them go in one round trip, for
 * that, and not the work, is what most of a small transaction's time is spent on. Used by one
 * thread.
 */
final class Bundle {

  private final List<Part<?>> parts = new ArrayList<>();

  /**
   * @param table whose rows are each to be changed exactly once; null: however many
   */
  private record Part<T>(
      RowStatement statement,
      Collection<T> rows,
      RowValues.Binder<T> binder,
      @Nullable String table) {

    void executeEach(Prepared prepared) throws SQLException {
      int[] counts = BatchStatement.execute(prepared.statement(statement.h2()), rows, binder);
      if (table != null) {
        UpdateCounts.require(counts, table);
      }
    }

    ColumnArrays arrays() throws SQLException {
      var arrays = new ColumnArrays(statement.types());
      for (T row : rows) {
        binder.bind(arrays, row);
      }
      return arrays;
    }

    void require(int count) {
      if (table != null) {
        UpdateCounts.require(count, rows.size(), table);
      }
    }
  }

  /** Adds a statement, unless there are no rows for it. */
  <T> void add(RowStatement statement, Collection<T> rows, RowValues.Binder<T> binder) {
    add(new Part<>(statement, rows, binder, null));
  }

  /** One that has to change exactly one row of a table for each of these. */
  <T> void addExact(
      RowStatement statement, Collection<T> rows, RowValues.Binder<T> binder, String table) {
    add(new Part<>(statement, rows, binder, table));
  }

  private void add(Part<?> part) {
    if (!part.rows().isEmpty()) {
      parts.add(part);
    }
  }

  /**
   * @throws IllegalStateException if a row was not found: memory and rows have come apart
   */
  void execute(Prepared prepared, Dialect dialect) throws SQLException {
    switch (dialect) {
      case H2 -> {
        for (Part<?> part : parts) {
          part.executeEach(prepared);
        }
      }
      case POSTGRES -> executeTogether(prepared);
    }
  }

  private void executeTogether(Prepared prepared) throws SQLException {
    if (parts.isEmpty()) {
      return;
    }
    String sql =
        parts.stream().map(part -> part.statement().postgres()).collect(Collectors.joining(";\n"));
    PreparedStatement statement = prepared.statement(sql);
    int parameter = 1;
    for (Part<?> part : parts) {
      parameter = part.arrays().set(statement, parameter);
    }
    boolean isRows = statement.execute();
    for (Part<?> part : parts) {
      if (isRows) {
        throw new IllegalStateException("a statement of the journal gave rows: " + sql);
      }
      part.require(statement.getUpdateCount());
      isRows = statement.getMoreResults();
    }
    // It lives as long as the term, and would keep the rows of the largest run that it ever wrote.
    statement.clearParameters();
  }
}
