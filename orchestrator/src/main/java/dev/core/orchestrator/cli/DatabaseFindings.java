package dev.core.orchestrator.cli;

import dev.core.common.configuration.ConfiguredQueues;
import dev.core.common.database.Database;
import dev.core.common.database.DatabaseLogin;
import dev.core.common.database.DatabaseUnavailable;
import dev.core.common.database.Dialect;
import dev.core.common.secrets.SecretProblem;
import dev.core.common.settings.Settings;
import dev.core.migrations.MigrationStatus;
import dev.core.migrations.Migrator;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.store.RunQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is found of the database.
 *
 * @param findings one for each thing
 * @param jobQueues that the configuration names, as far as it can be read
 */
record DatabaseFindings(List<Finding> findings, Set<String> jobQueues) {

  private static final String MIGRATE = "core migrate";
  private static final String UPDATE = "run a newer version of CORE";

  static DatabaseFindings of(Settings settings) {
    var findings = new ArrayList<Finding>();
    var jobQueues = new TreeSet<String>();
    try (var database = Database.openUnmigrated(settings)) {
      findings.add(Finding.good("database", DatabaseLogin.describe(settings)));
      var status = Migrator.of(database.dataSource()).status();
      findings.add(migrations(status, database.dialect()));
      if (status.isCurrent()) {
        findings.add(leader(database));
        jobQueues.addAll(database.jdbi().withHandle(ConfiguredQueues::read));
      }
    } catch (DatabaseUnavailable e) {
      findings.add(
          Finding.bad(
              "database",
              String.valueOf(e.getMessage()),
              "start it, or correct the address and login"));
    } catch (SecretProblem e) {
      findings.add(
          Finding.bad(
              "secret of the database",
              String.valueOf(e.getMessage()),
              "create the secret with user, password, host, port and database, and allow this role to"
                  + " read it"));
    }
    if (settings.isDatabaseSecret()) {
      findings.add(workerLogin(settings));
    }
    return new DatabaseFindings(findings, jobQueues);
  }

  /** The embedded database is migrated by whoever opens it next. */
  private static Finding migrations(MigrationStatus status, Dialect dialect) {
    if (status.isCurrent()) {
      return Finding.good("migrations", "at head");
    }
    boolean byItself =
        dialect == Dialect.H2
            && !status.isAhead()
            && status.with(MigrationStatus.Standing.FAILED).isEmpty();
    return byItself
        ? Finding.good(
            "migrations",
            "%d pending; the embedded database gets them when it is next used"
                .formatted(status.with(MigrationStatus.Standing.PENDING).size()))
        : Finding.bad("migrations", status.explanation(), status.isAhead() ? UPDATE : MIGRATE);
  }

  /** That nobody leads is in order wherever core run --wait leads for itself. */
  private static Finding leader(Database database) {
    var leader = new RunQueries(database.jdbi()).leader();
    return leader.alive()
        ? Finding.good("leader", String.valueOf(leader.holder()))
        : Finding.unknown(
            "leader", "nobody leads now: runs wait for core server or core run … --wait");
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
}
