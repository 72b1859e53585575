package dev.core.common.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database.
 *
 * @param url for JDBC, without user and password
 * @param user null: the driver's default
 * @param password null: none
 * @param poolSize connections at most
 * @param role that every connection takes on Postgres, giving up other rights; null: the login's
 *     own
 */
public record DatabaseSettings(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    @Nullable String role) {

  /** Whether it is H2, which lives in a file or in memory of the programs that use it. */
  public boolean isEmbedded() {
    return url.startsWith("jdbc:h2:");
  }

  /** The file that programs of this machine share, if the database is one. */
  public Optional<EmbeddedUrl> sharedFile() {
    return EmbeddedUrl.parse(url);
  }

  /** Says everything but the password. */
  @Override
  public String toString() {
    return url + (user == null ? "" : " as " + user);
  }
}
