package dev.core.orchestrator.store;

import java.sql.Statement;
import java.util.Arrays;

/** Checks that updates found the rows that they were for. */
final class UpdateCounts {

  private UpdateCounts() {}

  /**
   * For a statement that was executed for each of several rows.
   *
   * @throws IllegalStateException if one of them did not change exactly one row: memory and rows
   *     have come apart, which is a bug
   */
  static void require(int[] counts, String table) {
    long right =
        Arrays.stream(counts)
            .filter(count -> count == 1 || count == Statement.SUCCESS_NO_INFO)
            .count();
    require(Math.toIntExact(right), counts.length, table);
  }

  /** The same for one statement that was to change so many rows. */
  static void require(int changed, int rows, String table) {
    if (changed != rows) {
      throw new IllegalStateException(
          "an update of execution.%s changed %d of %d rows".formatted(table, changed, rows));
    }
  }
}
