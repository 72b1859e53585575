package dev.core.orchestrator.store;

import dev.core.common.database.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Reads what the leader looks for in every step: the time, what workers wrote, what was asked for.
 * On Postgres in one round trip. Used by one thread.
 */
public final class LatestNews {

  private static final String CLOCK = "select execution.clock() as now";

  private final Dialect dialect;
  private final String newest;
  private final Prepared prepared;

  /**
   * @param handle a connection of its own, see {@link JournalSession}
   */
  public LatestNews(Handle handle) {
    try {
      this.dialect = Dialect.of(handle.getConnection());
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
    this.newest = WorkerNews.newest(dialect);
    this.prepared = new Prepared(handle.getConnection());
  }

  /**
   * What there is.
   *
   * @param now of {@code execution.clock()}, before the rest was read
   */
  public record News(Instant now, List<WorkerNews> ofWorkers, List<PendingCommand> commands) {
    public News {
      ofWorkers = List.copyOf(ofWorkers);
      commands = List.copyOf(commands);
    }
  }

  /**
   * @throws org.jdbi.v3.core.JdbiException if the database cannot be asked
   */
  public News read() {
    try {
      return switch (dialect) {
        case H2 ->
            new News(
                rows(CLOCK, LatestNews::now).getFirst(),
                rows(newest, WorkerNews::of),
                rows(PendingCommand.OLDEST, PendingCommand::of));
        case POSTGRES -> readTogether();
      };
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException("the news cannot be read", e, null);
    }
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, Row<T> mapper) throws SQLException {
    try (ResultSet rows = prepared.statement(sql).executeQuery()) {
      return all(rows, mapper);
    }
  }

  private News readTogether() throws SQLException {
    PreparedStatement statement =
        prepared.statement(String.join(";\n", CLOCK, newest, PendingCommand.OLDEST));
    boolean _ = statement.execute();
    Instant now = result(statement, LatestNews::now).getFirst();
    boolean _ = statement.getMoreResults();
    List<WorkerNews> ofWorkers = result(statement, WorkerNews::of);
    boolean _ = statement.getMoreResults();
    return new News(now, ofWorkers, result(statement, PendingCommand::of));
  }

  private static <T> List<T> result(PreparedStatement statement, Row<T> mapper)
      throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      return all(rows, mapper);
    }
  }

  private static <T> List<T> all(ResultSet rows, Row<T> mapper) throws SQLException {
    var all = new ArrayList<T>();
    while (rows.next()) {
      all.add(mapper.of(rows));
    }
    return all;
  }

  private static Instant now(ResultSet row) throws SQLException {
    return Columns.requiredInstant(row, "now");
  }
}
