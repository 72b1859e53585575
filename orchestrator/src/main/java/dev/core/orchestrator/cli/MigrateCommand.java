package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.database.Database;
import dev.core.migrations.MigrationStatus;
import dev.core.migrations.Migrator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code core migrate}: the schema of the database that the settings name. */
@Command(
    name = "migrate",
    description = {
      "Bring the database to the newest schema; a second time it applies nothing.",
      "The embedded default migrates itself; a Postgres is migrated by this command alone."
    },
    footer = {"  core migrate", "  core migrate status", "  core migrate check"})
final class MigrateCommand implements Callable<Integer> {

  private final Context context;

  MigrateCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Migrated(int applied, String database) {}

  private record Faults(boolean valid, List<String> faults) {}

  @Override
  public Integer call() {
    var applied = onDatabase(Migrator::migrate);
    var database = context.settings().database().toString();
    context.answer(
        new Migrated(applied, database),
        () -> context.say("applied %s to %s".formatted(Text.many(applied, "migration"), database)));
    return ExitCode.DONE;
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
          entry.standing().name().toLowerCase(java.util.Locale.ROOT),
          Text.moment(entry.appliedAt()));
    }
    context.say(table);
    context.say(status.explanation());
  }
}
