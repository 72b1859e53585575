package dev.core.common.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a database file that the programs of a machine share, as the embedded default is:
 * {@code jdbc:h2:async:}, an absolute path without {@code .mv.db}, and options.
 *
 * @param file absolute, without {@code .mv.db}, and without a semicolon, which begins H2's options
 * @param options of H2, beginning with a semicolon, or empty
 */
public record EmbeddedUrl(Path file, String options) {
  // "async" writes as "file" does, but an interrupt of a thread that is at it closes the file
  // there, and the database with it, for every process that shares it.
  private static final String SCHEME = "jdbc:h2:async:";

  /**
   * Without WRITE_DELAY=0 a kill loses commits; moving data about in the file when it is closed
   * (MAX_COMPACT_TIME) has lost rows of others; the order of nulls is that of Postgres.
   */
  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;MAX_COMPACT_TIME=0"
          + ";DEFAULT_NULL_ORDERING=HIGH";

  public EmbeddedUrl {
    if (file.toString().contains(";")) {
      throw new IllegalArgumentException(
          "an embedded database cannot lie in '%s': a semicolon begins the options of its address"
              .formatted(file));
    }
  }

  static EmbeddedUrl of(Path file) {
    return new EmbeddedUrl(file.toAbsolutePath().normalize(), OPTIONS);
  }

  /**
   * The file that a JDBC address names; empty for every other kind of address, also for a file that
   * is to be shared in H2's own way ({@code AUTO_SERVER}).
   */
  static Optional<EmbeddedUrl> parse(String jdbcUrl) {
    if (!jdbcUrl.startsWith(SCHEME)
        || jdbcUrl.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE")) {
      return Optional.empty();
    }
    var rest = jdbcUrl.substring(SCHEME.length());
    var end = rest.indexOf(';') < 0 ? rest.length() : rest.indexOf(';');
    var file = Path.of(rest.substring(0, end));
    return file.isAbsolute()
        ? Optional.of(new EmbeddedUrl(file.normalize(), rest.substring(end)))
        : Optional.empty();
  }

  /** The same file, called by another path. */
  public EmbeddedUrl at(Path otherName) {
    return new EmbeddedUrl(otherName, options);
  }

  /** For JDBC. */
  public String direct() {
    return SCHEME + file + options;
  }

  /** As H2 itself calls the database. */
  public String name() {
    return "async:" + file;
  }

  @Override
  public String toString() {
    return direct();
  }
}
