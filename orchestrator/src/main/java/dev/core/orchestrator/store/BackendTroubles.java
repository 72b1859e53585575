package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Surroundings.Trouble;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** That a backend cannot be asked. Only the leader writes it. */
public final class BackendTroubles {

  private static final int LONGEST = 500;

  private BackendTroubles() {}

  /** By mode. */
  public static Map<String, Trouble> find(Handle handle) {
    var troubles = new HashMap<String, Trouble>();
    handle
        .createQuery("select mode, since, message from execution.backend_troubles")
        .map((row, _) ->
            troubles.put(
                row.getString("mode"),
                new Trouble(row.getString("message"), Columns.requiredInstant(row, "since"))))
        .list();
    return troubles;
  }

  /**
   * @param message null: it answers again
   */
  static void write(Handle handle, String mode, @Nullable String message, Instant now) {
    handle.execute("delete from execution.backend_troubles where mode = ?", mode);
    if (message != null) {
      handle.execute(
          "insert into execution.backend_troubles (mode, since, message) values (?, ?, ?)",
          mode,
          now.atOffset(ZoneOffset.UTC),
          message.substring(0, Math.min(LONGEST, message.length())));
    }
  }
}
