package dev.core.orchestrator.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A row that changed.
 *
 * @param before null: it is new
 * @param after null: it was deleted
 */
record RowChange(String table, @Nullable Row before, @Nullable Row after) {

  /** As it is now; only tables from which nothing is deleted are looked at by it. */
  Row now() {
    if (after == null) {
      throw new IllegalStateException("a row of " + table + " was deleted: " + before);
    }
    return after;
  }

  /** Whether the column has another value than before; of a new row: any. */
  boolean changed(String column) {
    Row row = now();
    return before == null
        ? row.get(column) != null
        : !java.util.Objects.equals(before.get(column), row.get(column));
  }

  boolean isNew() {
    return before == null;
  }

  /** What the column was; null also for a new row. */
  @Nullable String was(String column) {
    return before == null ? null : before.text(column);
  }
}
