package dev.core.migrations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a database stands against the migrations of this program.
 *
 * @param migrations those of this program and those that were applied, oldest first
 */
public record MigrationStatus(List<Entry> migrations) {
  public MigrationStatus {
    migrations = List.copyOf(migrations);
  }

  /** What a migration is to this database. */
  public enum Standing {
    APPLIED,
    PENDING,
    /** It was begun here and did not succeed. */
    FAILED,
    /** The database has it and this program does not know it. */
    UNKNOWN
  }

  /**
   * One migration.
   *
   * @param version fourteen digits, as in the file's name
   */
  public record Entry(
      String version,
      String description,
      String script,
      Standing standing,
      @Nullable Instant appliedAt) {}

  /** Whether migrations are missing from the database: it has to be migrated before use. */
  public boolean isBehind() {
    return !with(Standing.PENDING).isEmpty();
  }

  /**
   * Whether the database has migrations that this program does not know: it was made for a newer
   * one.
   */
  public boolean isAhead() {
    return !with(Standing.UNKNOWN).isEmpty();
  }

  /** Whether the database is exactly what this program was written for. */
  public boolean isCurrent() {
    return !isBehind() && !isAhead() && with(Standing.FAILED).isEmpty();
  }

  /** The migrations of that standing, oldest first. */
  public List<Entry> with(Standing standing) {
    return migrations.stream().filter(entry -> entry.standing() == standing).toList();
  }

  /** One sentence for a person: how the database stands, and what to run if it is not current. */
  public String explanation() {
    if (!with(Standing.FAILED).isEmpty()) {
      return "migration %s failed on this database; repair what its error told, then run: core migrate"
          .formatted(with(Standing.FAILED).getFirst().script());
    }
    if (isAhead()) {
      return "the database is ahead of this program: it has %d migration(s) that are not known here, the newest is %s; run a newer version of CORE"
          .formatted(with(Standing.UNKNOWN).size(), with(Standing.UNKNOWN).getLast().script());
    }
    if (isBehind()) {
      return "the database is behind this program: %d migration(s) are pending, the first is %s; run: core migrate"
          .formatted(with(Standing.PENDING).size(), with(Standing.PENDING).getFirst().script());
    }
    return "the database is at head: %d migration(s) applied".formatted(migrations.size());
  }
}
