package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.database.Database;
import dev.core.common.database.DatabaseLogin;
import dev.core.common.database.RoleLogins;
import dev.core.migrations.Difference;
import dev.core.migrations.Drift;
import dev.core.migrations.MigrationStatus;
import dev.core.migrations.Migrator;
import dev.core.migrations.NewMigration;
import dev.core.migrations.SchemaDrift;
import dev.core.orchestrator.presentation.Text;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core migrate}: the schema of the database that the settings name. */
@Command(
    name = "migrate",
    description = {
      "Bring the database to the newest schema; a second time it applies nothing.",
      "The embedded default migrates itself; a Postgres is migrated by this command alone."
    },
    footer = {
      "  core migrate",
      "  core migrate --logins",
      "  core migrate status",
      "  core migrate check"
    })
final class MigrateCommand implements Callable<Integer> {

  private final Context context;

  MigrateCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Migrated(int applied, String database, List<String> logins) {}

  private record Drifted(boolean none, List<String> differences, String sql) {}

  private record Faults(boolean valid, List<String> faults) {}

  @Option(
      names = "--logins",
      description =
          "Then let those log in to this Postgres whom the secrets .../write and .../worker name, with"
              + " the passwords that they hold.")
  private boolean logins;

  @Override
  public Integer call() throws SQLException {
    if (logins && DatabaseLogin.of(context.settings()).isEmbedded()) {
      throw new Refused("the embedded database has no logins of its own: leave --logins out");
    }
    var applied = onDatabase(Migrator::migrate);
    var database = DatabaseLogin.of(context.settings()).toString();
    var given = logins ? logins() : List.<String>of();
    context.answer(
        new Migrated(applied, database, given),
        () -> {
          context.say("applied %s to %s".formatted(Text.many(applied, "migration"), database));
          given.forEach(each -> context.say("%s may log in".formatted(each)));
        });
    return ExitCode.DONE;
  }

  private List<String> logins() throws SQLException {
    try (var database = Database.openUnmigrated(context.settings())) {
      return RoleLogins.give(database.dataSource(), context.settings());
    }
  }

  @Command(
      description =
          "Show which migrations are applied; exit code 1 unless the database is at head.",
      footer = {"  core migrate status", "  core migrate status --json"})
  int status() {
    var status = onDatabase(Migrator::status);
    context.answer(status, () -> show(status));
    return status.isCurrent() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Command(
      description =
          "Compare what was applied with the files of this program; exit code 1 if they differ.",
      footer = {"  core migrate validate"})
  int validate() {
    var faults = onDatabase(Migrator::validate);
    context.answer(
        new Faults(faults.isEmpty(), faults),
        () -> {
          faults.forEach(context::say);
          context.say(
              faults.isEmpty()
                  ? "what was applied is what this program has"
                  : Text.many(faults.size(), "fault"));
        });
    return faults.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Command(
      description = {
        "Compare the live database with the schema that the migrations give, and print the drift.",
        "Exit code 1 if there is any."
      },
      footer = {"  core migrate check", "  core migrate check --json | jq -r .sql"})
  int check() {
    var drift = drift();
    context.answer(
        new Drifted(
            drift.isEmpty(),
            drift.differences().stream().map(Difference::describe).toList(),
            drift.sql()),
        () -> context.say(drift.describe().stripTrailing()));
    return drift.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  @Command(
      name = "new",
      description = {
        "Write a new migration: a blank, correctly named file, or one that holds what the live database has and the migrations do not."
      },
      footer = {
        "  core migrate new 'added default trigger'",
        "  core migrate new --from-database 'added table x'"
      })
  int write(
      @Parameters(paramLabel = "DESCRIPTION", description = "What it does, in words.")
          String description,
      @Option(names = "--from-database", description = "With the drift of the live database.")
          boolean fromDatabase,
      @Option(
              names = "--vendor",
              description = "Blank files for each kind of database instead of one for both.")
          boolean vendor,
      @Nullable
          @Option(
              names = "--folder",
              paramLabel = "FOLDER",
              description = "Of the migrations; default: the one of this checkout.")
          Path folder) {
    var place =
        folder == null
            ? context.startDirectory().resolve(NewMigration.FOLDER)
            : context.directory().resolve(folder);
    var migration = new NewMigration(place, context.clock(), this::scratchName);
    var files =
        fromDatabase
            ? migration.fromDrift(description, drift())
            : migration.blank(
                description, vendor ? NewMigration.Place.VENDOR : NewMigration.Place.SHARED);
    var names = files.stream().map(Path::toString).toList();
    context.answer(
        names,
        () -> {
          names.forEach(context::say);
          if (folder == null) {
            context.say("when it is complete, script/build takes it into the programs");
          }
        });
    return ExitCode.DONE;
  }

  private Drift drift() {
    var settings = DatabaseLogin.of(context.settings());
    try (var database = Database.openUnmigrated(context.settings())) {
      return new SchemaDrift(this::scratchName)
          .check(
              database.dataSource(),
              settings.url(),
              Objects.requireNonNullElse(settings.user(), ""),
              Objects.requireNonNullElse(settings.password(), ""));
    }
  }

  private String scratchName() {
    return context.newKey().replaceAll("[^a-z0-9]", "");
  }

  private <T> T onDatabase(Function<Migrator, T> work) {
    try (var database = Database.openUnmigrated(context.settings())) {
      return work.apply(Migrator.of(database.dataSource()));
    }
  }

  private void show(MigrationStatus status) {
    var table = Table.of("VERSION", "MIGRATION", "STANDING", "APPLIED");
    for (var entry : status.migrations()) {
      table.row(
          entry.version(),
          entry.description(),
          entry.standing().name().toLowerCase(Locale.ROOT),
          Text.moment(entry.appliedAt()));
    }
    context.say(table);
    context.say(status.explanation());
  }
}
