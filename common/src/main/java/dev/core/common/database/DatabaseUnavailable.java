package dev.core.common.database;

import dev.core.common.settings.DatabaseSettings;

/** No connection could be made; says where to, as whom and why, without a password. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(DatabaseSettings settings, Throwable cause) {
    super("cannot connect to " + settings + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    var deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}
