package dev.core.migrations;

import org.jspecify.annotations.Nullable;

/** A migration, or a look at the schema, that could not be carried out; the message says why. */
public final class MigrationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MigrationFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Tells what {@code cause} tells. */
  static MigrationFailure of(Exception cause) {
    var message = cause.getMessage();
    return new MigrationFailure(message == null ? cause.toString() : message, cause);
  }
}
