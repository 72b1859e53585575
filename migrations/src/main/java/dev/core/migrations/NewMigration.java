package dev.core.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Writes the files of new migrations, named by the moment and what they do, later than every one
 * that is there. An existing file is never overwritten.
 */
public final class NewMigration {
  /** Where they lie in a checkout of CORE, below its root. */
  public static final Path FOLDER = Path.of("migrations", "src", "main", "resources", "migrations");

  private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final Path folder;
  private final InstantSource clock;
  private final SchemaDrift scratch;

  /** For whom a migration is. */
  public enum Place {
    /** One file that every database runs. */
    SHARED,
    /** A file for each vendor, of the same version. */
    VENDOR
  }

  /**
   * @param folder holds {@code shared}, {@code postgresql} and {@code h2}
   * @param scratchNames as for {@link SchemaDrift}
   */
  public NewMigration(Path folder, InstantSource clock, Supplier<String> scratchNames) {
    this.folder = folder;
    this.clock = clock;
    this.scratch = new SchemaDrift(scratchNames);
    for (var name :
        List.of(MigrationFolders.SHARED, Vendor.POSTGRESQL.folder(), Vendor.H2.folder())) {
      if (!Files.isDirectory(folder.resolve(name))) {
        throw new MigrationFailure(
            "%s is no folder of migrations: it has no folder %s; run this in a checkout of CORE, or name the folder"
                .formatted(folder, name),
            null);
      }
    }
  }

  /**
   * Writes a migration without statements.
   *
   * @param description what it does, in words: {@code added default trigger}
   * @return the new files
   */
  public List<Path> blank(String description, Place place) {
    var version = nextVersion();
    var name = fileName(version, description);
    return switch (place) {
      case SHARED ->
          List.of(
              write(
                  MigrationFolders.SHARED,
                  name,
                  header(description, "Runs on H2 and on Postgres: use what both have.")));
      case VENDOR ->
          List.of(
              write(
                  Vendor.POSTGRESQL.folder(), name, header(description, "Runs on Postgres only.")),
              write(
                  Vendor.H2.folder(),
                  name,
                  header(description, "Runs on H2 only: the substitute, or why there is none.")));
    };
  }

  /**
   * Writes the migration that makes what a live database has and the migrations do not, and takes
   * away what it has not. What H2 can run too becomes a shared file; the rest becomes files of the
   * vendors that run after it. All of it may be run again, so the database that it was written from
   * can be migrated with it.
   *
   * @return the new files, in the order in which they run
   * @throws MigrationFailure if there is no drift
   */
  public List<Path> fromDrift(String description, Drift drift) {
    if (drift.isEmpty()) {
      throw new MigrationFailure(
          "there is nothing to write: the database is as the migrations make it", null);
    }
    var shared = new ArrayList<DriftStatement>();
    var own = new ArrayList<DriftStatement>();
    divide(drift, shared, own);
    var files = new ArrayList<Path>();
    var version = nextVersion();
    if (!shared.isEmpty()) {
      files.add(
          write(
              MigrationFolders.SHARED,
              fileName(version, description),
              header(description, "Written from a database.") + text(shared)));
      version = version.plusSeconds(1);
    }
    if (!own.isEmpty()) {
      var name = fileName(version, description);
      for (var vendor : Vendor.values()) {
        var content =
            vendor == drift.vendor()
                ? header(description, "Written from a database.") + text(own)
                : header(
                    description,
                    "Nothing is done here yet for what the migration of the same name does on "
                        + drift.vendor().productName()
                        + ".");
        files.add(write(vendor.folder(), name, content));
      }
    }
    return List.copyOf(files);
  }

  /**
   * What was read from Postgres is shared as far as H2 runs it. What was read from H2 is tables for
   * both, and triggers and functions in Java that are its own.
   */
  private void divide(Drift drift, List<DriftStatement> shared, List<DriftStatement> own) {
    switch (drift.vendor()) {
      case H2 -> {
        for (var statement : drift.statements()) {
          var sql = statement.sql();
          boolean isJava =
              sql != null && sql.matches("(?s)(create|drop) (alias|trigger|domain|sequence) .*");
          (isJava ? own : shared).add(statement);
        }
      }
      case POSTGRESQL -> {
        try (var connection = scratch.migratedH2();
            var h2 = connection.createStatement()) {
          for (var statement : drift.statements()) {
            var sql = statement.sql();
            if (sql == null) {
              own.add(statement);
              continue;
            }
            try {
              h2.execute(sql);
              shared.add(statement);
            } catch (SQLException notForH2) {
              own.add(statement);
            }
          }
          SchemaDrift.discard(connection);
        } catch (SQLException e) {
          throw MigrationFailure.of(e);
        }
      }
    }
  }

  private static String text(List<DriftStatement> statements) {
    var text = new StringBuilder();
    for (var statement : statements) {
      text.append('\n').append(statement.text());
    }
    return text.toString();
  }

  private static String header(String description, String remark) {
    return "-- %s\n-- %s\n".formatted(description.strip(), remark);
  }

  private static String fileName(LocalDateTime version, String description) {
    var words =
        description
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (words.isEmpty()) {
      throw new MigrationFailure(
          "the description '%s' has no word in it; say what the migration does, as in: added default trigger"
              .formatted(description),
          null);
    }
    return "V%s__%s.sql".formatted(VERSION.format(version), words);
  }

  /** Now, or if that is taken a second after the newest. */
  private LocalDateTime nextVersion() {
    var now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).withNano(0);
    var newest = now.minusSeconds(1);
    for (var name :
        List.of(MigrationFolders.SHARED, Vendor.POSTGRESQL.folder(), Vendor.H2.folder())) {
      try (var files = Files.newDirectoryStream(folder.resolve(name), "V??????????????__*.sql")) {
        for (var file : files) {
          var version =
              LocalDateTime.parse(file.getFileName().toString().substring(1, 15), VERSION);
          newest = version.isAfter(newest) ? version : newest;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return newest.plusSeconds(1);
  }

  private Path write(String place, String name, String content) {
    var file = folder.resolve(place).resolve(name);
    try {
      return Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
