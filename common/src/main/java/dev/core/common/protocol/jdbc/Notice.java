package dev.core.common.protocol.jdbc;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Sends a Postgres notice without payload: "look again", nothing more. */
final class Notice {

  private Notice() {}

  /**
   * In one round trip and a transaction of its own, which does not wait for the disk: whoever
   * misses a notice finds out by polling. Nothing else may be under way on the handle.
   */
  static void send(Handle handle, String channel) {
    var connection = handle.getConnection();
    try (var statement = connection.createStatement()) {
      // Without automatic commits the driver begins by itself.
      statement.execute(
          (connection.getAutoCommit() ? "begin; " : "")
              + "set local synchronous_commit = off; notify "
              + channel
              + "; commit");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot notify " + channel, e);
    }
  }
}
