package dev.core.orchestrator.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A command that the leader has not answered.
 *
 * @param body JSON of a {@link dev.core.orchestrator.command.Command}
 */
public record PendingCommand(long id, String body, String requestedBy) {

  private static final int LIMIT = 500;

  /** The oldest first. */
  public static List<PendingCommand> read(Handle handle) {
    return handle
        .createQuery(
            """
            select id, body, requested_by from execution.commands
            where status = 'PENDING' order by id limit :limit
            """)
        .bind("limit", LIMIT)
        .map((row, _) ->
            new PendingCommand(
                row.getLong("id"), row.getString("body"), row.getString("requested_by")))
        .list();
  }
}
