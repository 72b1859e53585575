package dev.core.common.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one long-lived handle, so that a statement that is run again
 * costs one round trip instead of three: H2's client keeps none by itself. For one thread; lasts as
 * long as its connection.
 */
public final class KeptStatements implements StatementBuilder {

  private static final int MOST = 100;

  private final DefaultStatementBuilder plain = new DefaultStatementBuilder();
  private final LinkedHashMap<String, PreparedStatement> kept = new LinkedHashMap<>();

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return plain.create(connection, context);
  }

  /** A statement in use is not in the map, so that the same text may be run within itself. */
  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    var known = kept.remove(sql);
    return known != null && !known.isClosed() ? known : plain.create(connection, sql, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return plain.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    if (statement instanceof PreparedStatement prepared && !kept.containsKey(sql)) {
      prepared.clearParameters();
      kept.put(sql, prepared);
      if (kept.size() > MOST) {
        var oldest = kept.pollFirstEntry();
        oldest.getValue().close();
      }
    } else {
      statement.close();
    }
  }
}
