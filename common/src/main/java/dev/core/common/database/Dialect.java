package dev.core.common.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Which of the two databases it is. Where their SQL differs, a statement is chosen by this. */
public enum Dialect {
  POSTGRES,
  H2;

  /**
   * @throws IllegalArgumentException for any other database
   */
  public static Dialect of(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return POSTGRES;
    }
    if (jdbcUrl.startsWith("jdbc:h2:")) {
      return H2;
    }
    throw new IllegalArgumentException(
        "no database of CORE: '"
            + jdbcUrl.replaceFirst("[?;].*", "")
            + "'; allowed: jdbc:postgresql:… and jdbc:h2:…");
  }

  /** The dialect of a live connection. */
  public static Dialect of(Connection connection) throws SQLException {
    return of(connection.getMetaData().getURL());
  }
}
