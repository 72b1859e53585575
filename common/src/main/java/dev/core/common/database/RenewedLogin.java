package dev.core.common.database;

import dev.core.migrations.DirectDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects with a login that may be rotated: when the database refuses it, it is read again, once
 * for each attempt to connect. The address stays what it was. Thread-safe.
 */
final class RenewedLogin implements DirectDataSource.Source {

  /** SQLSTATE class of refused logins, in Postgres and H2. */
  private static final String REFUSED = "28";

  private final DirectDataSource.Source source;
  private final Supplier<Properties> again;
  private volatile @Nullable Properties renewed;

  /**
   * @param again the login as it is now; may fail with an unchecked exception
   */
  RenewedLogin(DirectDataSource.Source source, Supplier<Properties> again) {
    this.source = source;
    this.again = again;
  }

  @Override
  public Connection connect(Properties first) throws SQLException {
    var known = renewed;
    var used = known == null ? first : known;
    try {
      return source.connect(used);
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith(REFUSED)) {
        throw e;
      }
      var fresh = fresh(e);
      if (fresh.equals(used)) {
        throw e;
      }
      renewed = fresh;
      return source.connect(fresh);
    }
  }

  private Properties fresh(SQLException refusal) throws SQLException {
    try {
      return again.get();
    } catch (RuntimeException unread) {
      refusal.addSuppressed(unread);
      throw refusal;
    }
  }
}
