package dev.core.migrations;

import dev.core.migrations.MigrationStatus.Standing;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.postgresql.PGConnection;

/**
 * Brings a database to head and tells where it stands. Safe to use from several processes at once:
 * one migrates, the others wait and then find nothing to do. Immutable and thread-safe.
 */
public final class Migrator {

  /** In schema {@code public}: which migrations a database has. */
  public static final String HISTORY_TABLE = "core_migrations";

  private final Vendor vendor;
  private final Flyway flyway;

  private Migrator(DataSource database, MigrationFolders folders) {
    this.vendor = Vendor.of(database);
    this.flyway = configuration(folders.locations(vendor)).dataSource(database).load();
  }

  /** A migrator of the database that {@code database} connects to, as its user. */
  public static Migrator of(DataSource database) {
    return of(database, MigrationFolders.ON_CLASS_PATH);
  }

  static Migrator of(DataSource database, MigrationFolders folders) {
    return new Migrator(database, folders);
  }

  /**
   * The same for a JDBC address.
   *
   * @param user may be empty where the database asks for none
   */
  public static Migrator of(String url, String user, String password) {
    return of(DirectDataSource.of(url, user, password));
  }

  private static FluentConfiguration configuration(String[] locations) {
    return Flyway.configure()
        .locations(locations)
        .defaultSchema("public")
        .createSchemas(false)
        .table(HISTORY_TABLE)
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        // A database that is ahead must be seen and told of, not be passed over.
        .ignoreMigrationPatterns(new String[0])
        // What a callback on H2 answers is nothing to log.
        .outputQueryResults(false)
        .cleanDisabled(true);
  }

  public Vendor vendor() {
    return vendor;
  }

  /**
   * Applies what is pending, each migration in a transaction of its own.
   *
   * @return how many were applied; 0 if the database was at head
   * @throws MigrationFailure if one could not be applied, or if the database is ahead of this
   *     program
   */
  public int migrate() {
    try {
      return switch (vendor) {
        case POSTGRESQL -> flyway.migrate().migrationsExecuted;
        case H2 -> {
          try (var _ = new H2MigrationLock(flyway.getConfiguration().getDataSource())) {
            yield flyway.migrate().migrationsExecuted;
          }
        }
      };
    } catch (FlywayException | SQLException e) {
      throw MigrationFailure.of(e);
    }
  }

  /** Where the database stands; changes nothing. */
  public MigrationStatus status() {
    try {
      return new MigrationStatus(Arrays.stream(flyway.info().all()).map(Migrator::entry).toList());
    } catch (FlywayException e) {
      throw MigrationFailure.of(e);
    }
  }

  /**
   * Compares what was applied with the files of this program: a changed file, a pending or an
   * unknown migration is a fault. Empty if all is well; changes nothing.
   */
  public List<String> validate() {
    try {
      var result = flyway.validateWithResult();
      if (result.validationSuccessful) {
        return List.of();
      }
      var faults = result.invalidMigrations.stream().map(Migrator::fault).toList();
      return faults.isEmpty() ? List.of(result.getAllErrorMessages()) : faults;
    } catch (FlywayException e) {
      throw MigrationFailure.of(e);
    }
  }

  /**
   * Lets roles of CORE log in with a password of their own; a password that they had is replaced.
   * What is sent to Postgres is the salted verifier, so that no password comes into a log of the
   * server.
   *
   * @throws MigrationFailure on H2, which has no roles, and where the user may not alter roles
   */
  public void grantLogins(List<Login> logins) {
    if (vendor != Vendor.POSTGRESQL) {
      throw new MigrationFailure(
          "logins are given on PostgreSQL only, this is " + vendor.productName(), null);
    }
    try (var connection = flyway.getConfiguration().getDataSource().getConnection();
        var statement = connection.createStatement()) {
      for (var login : logins) {
        // A role is one of four fixed words, so it needs no quoting.
        statement.execute("alter role " + login.role() + " login");
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(login.role(), login.password().toCharArray(), "scram-sha-256");
      }
    } catch (SQLException e) {
      throw new MigrationFailure("cannot give logins: " + e.getMessage(), e);
    }
  }

  private static String fault(ValidateOutput fault) {
    return fault.version + " " + fault.description + ": " + fault.errorDetails.errorMessage;
  }

  private static MigrationStatus.Entry entry(MigrationInfo info) {
    var installedOn = info.getInstalledOn();
    return new MigrationStatus.Entry(
        String.valueOf(info.getVersion()),
        info.getDescription(),
        info.getScript(),
        standing(info),
        installedOn == null ? null : installedOn.toInstant());
  }

  private static Standing standing(MigrationInfo info) {
    return switch (info.getState()) {
      case SUCCESS, OUT_OF_ORDER, BASELINE, OUTDATED, SUPERSEDED, UNDONE, DELETED ->
          Standing.APPLIED;
      case FAILED, MISSING_FAILED, FUTURE_FAILED -> Standing.FAILED;
      case MISSING_SUCCESS, FUTURE_SUCCESS -> Standing.UNKNOWN;
      case PENDING, ABOVE_TARGET, BELOW_BASELINE, BASELINE_IGNORED, IGNORED, AVAILABLE ->
          Standing.PENDING;
    };
  }
}
