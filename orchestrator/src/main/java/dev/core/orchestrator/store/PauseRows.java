package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Pause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is paused. Only the leader writes it. */
public final class PauseRows {

  private static final String DELETE = "delete from execution.pauses where scope = ?";

  private static final String INSERT =
      "insert into execution.pauses (scope, paused_at, paused_by, reason) values (?, ?, ?, ?)";

  private PauseRows() {}

  /** By scope. */
  public static Map<String, Pause> read(Handle handle) {
    try (var query =
        handle.createQuery("select scope, paused_at, paused_by, reason from execution.pauses")) {
      var pauses = new HashMap<String, Pause>();
      query
          .map((row, _) ->
              new Pause(
                  row.getString("scope"),
                  Columns.requiredInstant(row, "paused_at"),
                  row.getString("paused_by"),
                  row.getString("reason")))
          .forEach(pause -> pauses.put(pause.scope(), pause));
      return pauses;
    }
  }

  /** The pause that a pipeline is under: its own, or that of all. */
  static Optional<Pause> of(Map<String, Pause> pauses, String pipeline) {
    return Optional.ofNullable(pauses.get(pipeline))
        .or(() -> Optional.ofNullable(pauses.get(Pause.ALL)));
  }

  static void write(Connection connection, JournalEntry.Triggers triggers) throws SQLException {
    UpdateCounts.require(
        BatchStatement.execute(
            connection, DELETE, triggers.resumed(), (row, scope) -> row.text(scope)),
        "pauses");
    List<Pause> paused = triggers.paused();
    UpdateCounts.require(
        BatchStatement.execute(
            connection,
            INSERT,
            paused,
            (row, pause) ->
                row.text(pause.scope()).time(pause.since()).text(pause.by()).text(pause.reason())),
        "pauses");
  }
}
