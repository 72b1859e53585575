package dev.core.common.settings;

import java.nio.file.Path;

/** The URL of the embedded default database. */
final class EmbeddedUrl {
  /**
   * AUTO_SERVER lets several processes share the file; without WRITE_DELAY=0 a kill loses commits;
   * moving data about in the file when it is closed (MAX_COMPACT_TIME) has lost rows of others; the
   * order of nulls is that of Postgres.
   */
  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;AUTO_SERVER=TRUE;WRITE_DELAY=0;MAX_COMPACT_TIME=0"
          + ";DEFAULT_NULL_ORDERING=HIGH";

  private EmbeddedUrl() {}

  static String of(Path file) {
    // "async" writes as "file" does, but an interrupt of a thread that is at it closes the file
    // there, and the database with it, for every process that shares it.
    // A semicolon begins H2's options, so one in a folder's name is escaped.
    return "jdbc:h2:async:" + file.toAbsolutePath().toString().replace(";", "\\;") + OPTIONS;
  }
}
