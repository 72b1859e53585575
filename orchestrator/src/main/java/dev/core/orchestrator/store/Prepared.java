package dev.core.orchestrator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;

/**
 * The prepared statements of one long-lived connection, by their text; they last as long as it
 * does. H2 would parse each anew, every time. Used by one thread.
 */
final class Prepared {

  private static final int MOST = 100;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> statements =
      new LinkedHashMap<>(MOST, 0.75f, true);

  Prepared(Connection connection) {
    this.connection = connection;
  }

  /** Not to be closed. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (statements.size() == MOST) {
      statements.pollFirstEntry().getValue().close();
    }
    PreparedStatement made = connection.prepareStatement(sql);
    statements.put(sql, made);
    return made;
  }
}
