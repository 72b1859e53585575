package dev.core.common.protocol.jdbc;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Sends a Postgres notice without payload: "look again", nothing more. */
final class Notice {

  private Notice() {}

  /**
   * In one round trip and a transaction of its own, which does not wait for the disk: whoever
   * misses a notice finds out by polling.
   */
  static void send(Handle handle, String channel) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(
          "begin; set local synchronous_commit = off; notify " + channel + "; commit");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot notify " + channel, e);
    }
  }
}
