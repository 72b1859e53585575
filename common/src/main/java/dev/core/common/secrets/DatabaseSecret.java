package dev.core.common.secrets;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to log in to a database.
 *
 * @param schema null: the login's own
 * @param rdbms {@code postgresql}, {@code mysql}, … as JDBC calls it
 * @param role that is taken after the login; null: none
 */
public record DatabaseSecret(
    String user,
    String password,
    String host,
    int port,
    String database,
    @Nullable String schema,
    String rdbms,
    @Nullable String role) {

  private static final int POSTGRES_PORT = 5432;

  static DatabaseSecret of(SecretFields fields) {
    var secret =
        new DatabaseSecret(
            fields.required("user"),
            fields.required("password"),
            fields.required("host"),
            fields.port(POSTGRES_PORT),
            fields.required("database"),
            fields.optional("schema").orElse(null),
            fields.optional("rdbms").orElse("postgresql").toLowerCase(Locale.ROOT),
            fields.optional("role").orElse(null));
    fields.check();
    return secret;
  }

  /** For JDBC, without user and password. */
  public String url() {
    return "jdbc:%s://%s:%d/%s".formatted(rdbms, host, port, database);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return url() + " as " + user;
  }
}
