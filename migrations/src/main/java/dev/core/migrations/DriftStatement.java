package dev.core.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a migration that was written from a drift; it may be run again where its effect is
 * there already.
 *
 * @param sql without the semicolon; null if this cannot be written, and a person has to
 * @param remark what the reader of the migration should know; null: nothing
 */
record DriftStatement(@Nullable String sql, @Nullable String remark) {

  static DriftStatement of(String sql) {
    return new DriftStatement(sql, null);
  }

  /** One that takes something away. */
  static DriftStatement destructive(String what, String sql) {
    return new DriftStatement(sql, "DESTRUCTIVE: " + what + ".");
  }

  static DriftStatement byHand(String what) {
    return new DriftStatement(null, "TO BE WRITTEN BY HAND: " + what);
  }

  /** As it stands in a file. */
  String text() {
    var comment = remark == null ? "" : "-- " + remark.replace("\n", "\n--   ") + "\n";
    if (sql == null) {
      return comment;
    }
    var trimmed = sql.strip();
    return comment + trimmed + (trimmed.endsWith(";") ? "\n" : ";\n");
  }
}
