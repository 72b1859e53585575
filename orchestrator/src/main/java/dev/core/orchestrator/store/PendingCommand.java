package dev.core.orchestrator.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A command that the leader has not answered.
 *
 * @param body JSON of a {@link dev.core.orchestrator.command.Command}
 */
public record PendingCommand(long id, String body, String requestedBy) {

  /** The oldest first; the rest comes with the next look. */
  static final String OLDEST =
      """
      select id, body, requested_by from execution.commands
      where status = 'PENDING' order by id limit 500
      """;

  static PendingCommand of(ResultSet row) throws SQLException {
    return new PendingCommand(
        row.getLong("id"), row.getString("body"), row.getString("requested_by"));
  }
}
