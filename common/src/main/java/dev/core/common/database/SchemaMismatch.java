package dev.core.common.database;

/** The database has not the schema that this program was written for; says what to run. */
public final class SchemaMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMismatch(String message) {
    super(message);
  }
}
