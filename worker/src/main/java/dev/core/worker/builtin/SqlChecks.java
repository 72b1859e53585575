package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.ConfigurationFault;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries that must come out true. All of them run, so that one failure tells of all. */
record SqlChecks(List<String> queries) {

  private static final int SHOWN = 200;

  /**
   * @throws ConfigurationFault if there is anything but queries
   */
  static SqlChecks of(String text) {
    var queries = SqlStatements.split(text);
    for (var query : queries) {
      if (!SqlStatements.isQuery(query)) {
        throw new ConfigurationFault(
            "variable 'checks' holds something that is no query: " + shortened(query));
      }
    }
    return new SqlChecks(queries);
  }

  /**
   * @throws ChecksFailed naming each check that did not come out true, and what it gave
   */
  void run(DuckSession session) throws SQLException, InterruptedException, ChecksFailed {
    var failures = new ArrayList<String>();
    for (var query : queries) {
      var failure = session.query(query, SqlChecks::failure);
      if (failure != null) {
        failures.add("check gave " + failure + ": " + shortened(query));
      }
    }
    if (!failures.isEmpty()) {
      throw new ChecksFailed(failures, queries.size());
    }
  }

  /** Statements in messages are one line of reasonable length. */
  static String shortened(String sql) {
    var line = sql.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }

  private static @Nullable String failure(ResultSet rows) throws SQLException {
    int width = rows.getMetaData().getColumnCount();
    boolean any = false;
    while (rows.next()) {
      any = true;
      for (int i = 1; i <= width; i++) {
        if (!holds(rows.getObject(i))) {
          return String.valueOf(rows.getObject(i));
        }
      }
    }
    return any ? null : "no row";
  }

  private static boolean holds(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case BigDecimal number -> number.signum() != 0;
      case Number number -> number.doubleValue() != 0;
      case null, default -> false;
    };
  }

  /** What was written is not what it should be; so it does not count. */
  static final class ChecksFailed extends Exception {
    ChecksFailed(List<String> failures, int of) {
      super(
          "%d of %d checks failed; %s".formatted(failures.size(), of, String.join("; ", failures)));
    }
  }
}
