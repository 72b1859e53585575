package dev.core.orchestrator.store;

import java.sql.Statement;

/** Checks that updates found the rows that they were for. */
final class UpdateCounts {

  private UpdateCounts() {}

  /**
   * @throws IllegalStateException if one of them did not change exactly one row: memory and rows
   *     have come apart, which is a bug
   */
  static void require(int[] counts, String table) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1 && counts[i] != Statement.SUCCESS_NO_INFO) {
        throw new IllegalStateException(
            "update " + i + " of execution." + table + " changed " + counts[i] + " rows, not 1");
      }
    }
  }
}
