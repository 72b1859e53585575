package dev.core.common.database;

import dev.core.common.secrets.DatabaseSecret;
import dev.core.common.secrets.Secrets;
import dev.core.common.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The logins that the secrets of orchestrators and workers name, on Postgres. A password never
 * stands in a statement, nor in a log of the server: what is sent is the hash that the server
 * keeps.
 */
public final class RoleLogins {

  /** That many workers at once; the rest of the server's connections are for others. */
  private static final int WORKERS_AT_MOST = 40;

  private RoleLogins() {}

  /**
   * Lets the secrets {@code …/write} and {@code …/worker} log in: the role that each names gets its
   * password, and one that is not there yet is made a member of the role whose rights it is to
   * have. Repeating it changes nothing, or the password.
   *
   * @return who may log in now
   * @throws dev.core.common.secrets.SecretProblem if a secret is missing or cannot be read
   * @throws SQLException if the database refuses; it has to be done by who migrates
   */
  public static List<String> give(DataSource database, Settings settings) throws SQLException {
    var secrets = Secrets.of(settings);
    var write = secrets.database(DatabaseLogin.NAME, "write");
    var worker = secrets.database(DatabaseLogin.NAME, "worker");
    try (Connection connection = database.getConnection()) {
      var roles = new ArrayList<String>();
      roles.add(give(connection, write, "orchestrator", ""));
      roles.add(give(connection, worker, "corebot", " connection limit " + WORKERS_AT_MOST));
      return roles;
    }
  }

  private static String give(
      Connection connection, DatabaseSecret secret, String rights, String limit)
      throws SQLException {
    String user = secret.user();
    String name = connection.unwrap(PGConnection.class).escapeIdentifier(user);
    try (var statement = connection.createStatement()) {
      statement.execute(
          exists(connection, user)
              ? "alter role %s login".formatted(name)
              : "create role %s login in role %s%s".formatted(name, rights, limit));
    }
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(user, secret.password().toCharArray(), "scram-sha-256");
    return user;
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (var statement =
        connection.prepareStatement("select count(*) from pg_roles where rolname = ?")) {
      statement.setString(1, role);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getInt(1) > 0;
      }
    }
  }
}
