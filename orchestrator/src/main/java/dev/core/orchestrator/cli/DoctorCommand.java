package dev.core.orchestrator.cli;

import dev.core.common.configuration.ConfiguredQueues;
import dev.core.common.database.Database;
import dev.core.common.database.DatabaseLogin;
import dev.core.common.database.DatabaseUnavailable;
import dev.core.common.secrets.SecretProblem;
import dev.core.common.settings.Mode;
import dev.core.common.settings.Settings;
import dev.core.migrations.MigrationStatus;
import dev.core.migrations.Migrator;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.Finding.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code core doctor}: looks at everything that this installation needs, and changes nothing. */
@Command(
    name = "doctor",
    description =
        "Check what this installation needs: database, migrations, secrets, workers, and in cloud"
            + " mode account, job queue, compute environment, job definition, image, roles, log"
            + " group, bucket and events queue; exit code 1 if something is wrong.",
    footer = {"  core doctor", "  CORE_MODE=cloud core doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  private static final String MIGRATE = "core migrate";

  private final Context context;

  DoctorCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings settings = context.settings();
    var findings = new ArrayList<Finding>();
    findings.add(Finding.good("mode", settings.mode().text()));
    var jobQueues = new TreeSet<String>();
    findings.addAll(database(settings, jobQueues));
    if (settings.isDatabaseSecret()) {
      findings.add(workerLogin(settings));
    }
    if (settings.mode() == Mode.CLOUD) {
      findings.addAll(context.engine().examine(settings, jobQueues));
    }
    List<Finding> all = List.copyOf(findings);
    context.answer(all, () -> show(all));
    return all.stream().anyMatch(each -> each.standing() == Standing.BAD)
        ? ExitCode.REFUSED
        : ExitCode.DONE;
  }

  /**
   * @param jobQueues takes those that the configuration names, if it can be read
   */
  private static List<Finding> database(Settings settings, Set<String> jobQueues) {
    try (var database = Database.openUnmigrated(settings)) {
      var status = Migrator.of(database.dataSource()).status();
      if (status.isCurrent()) {
        jobQueues.addAll(database.jdbi().withHandle(ConfiguredQueues::read));
      }
      return List.of(
          Finding.good("database", DatabaseLogin.describe(settings)), migrations(status));
    } catch (DatabaseUnavailable e) {
      return List.of(
          Finding.bad(
              "database",
              String.valueOf(e.getMessage()),
              "start it, or correct the address and login"));
    } catch (SecretProblem e) {
      return List.of(
          Finding.bad(
              "secret of the database",
              String.valueOf(e.getMessage()),
              "create the secret with user, password, host, port and database, and allow this role to"
                  + " read it"));
    }
  }

  private static Finding migrations(MigrationStatus status) {
    return status.isCurrent()
        ? Finding.good("migrations", "at head")
        : Finding.bad("migrations", status.explanation(), MIGRATE);
  }

  /** The secret is looked at, not used: the worker's login may be allowed from containers only. */
  private static Finding workerLogin(Settings settings) {
    try {
      return Finding.good(
          "secret of the workers", DatabaseLogin.ofWorker(settings, "corebot").toString());
    } catch (SecretProblem e) {
      return Finding.bad(
          "secret of the workers",
          String.valueOf(e.getMessage()),
          "create the secret with the login of role corebot, and allow this role to read it");
    }
  }

  private void show(List<Finding> findings) {
    for (Finding each : findings) {
      context.say("%s %-22s %s".formatted(sign(each.standing()), each.subject(), each.text()));
      if (each.remedy() != null) {
        context.say("  %-22s → %s".formatted("", each.remedy()));
      }
    }
    long bad = findings.stream().filter(each -> each.standing() == Standing.BAD).count();
    context.say(
        bad == 0
            ? "nothing is wrong"
            : String.format(Locale.ROOT, "%,d of %,d things are wrong", bad, findings.size()));
  }

  private static String sign(Standing standing) {
    return switch (standing) {
      case GOOD -> "✔";
      case UNKNOWN -> "?";
      case BAD -> "✘";
    };
  }
}
