package dev.core.common.database;

import dev.core.common.settings.DatabaseSettings;
import dev.core.common.settings.Settings;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * An open database: pooled connections, and {@link Jdbi} set up so that rows become records.
 * Thread-safe. Several processes may open the embedded one at once; one of them serves the others,
 * and when it ends or dies another takes its place: what was under way then fails, and passes (see
 * {@link TransientFailure}).
 */
public final class Database implements AutoCloseable {
  private final DataSource dataSource;
  private final Dialect dialect;
  private final Jdbi jdbi;
  private final Runnable onLast;
  private final Runnable onClose;

  private Database(DataSource dataSource, Dialect dialect, Runnable onLast, Runnable onClose) {
    this.dataSource = dataSource;
    this.onLast = onLast;
    this.onClose = onClose;
    this.dialect = dialect;
    this.jdbi = jdbi(dataSource, dialect);
  }

  /**
   * The database that the settings name. The embedded one is migrated first if it is behind; for
   * Postgres see {@link #requireCurrentSchema}.
   *
   * @throws DatabaseUnavailable if no connection can be made
   */
  public static Database open(Settings settings) {
    var login = DatabaseLogin.of(settings);
    return migrated(connected(settings, login), login);
  }

  /**
   * The same, but nothing is migrated.
   *
   * @throws DatabaseUnavailable if no connection can be made
   */
  public static Database openUnmigrated(Settings settings) {
    return connected(settings, DatabaseLogin.of(settings));
  }

  /**
   * The one that simulated mode records in: embedded, in a folder of its own, migrated.
   *
   * @throws DatabaseUnavailable if no connection can be made
   */
  public static Database openSimulated(Settings settings) {
    var database = settings.simulatedDatabase();
    return migrated(
        over(Opening.of(database, () -> database, Pools::connected), database), database);
  }

  /** For {@code corebot run}: connects at the first use, with no rights but to claim and report. */
  public static Database forWorker(Settings settings) {
    return worker(() -> DatabaseLogin.ofWorker(settings, "corebot"));
  }

  /** For {@code corebot serve}: a worker that also takes local jobs. */
  public static Database forLocalWorker(Settings settings) {
    return worker(() -> DatabaseLogin.ofWorker(settings, "corebot_local"));
  }

  /** Over connections that somebody else makes and closes. */
  public static Database over(DataSource dataSource, Dialect dialect) {
    return new Database(dataSource, dialect, () -> {}, () -> {});
  }

  private static Database connected(Settings settings, DatabaseSettings login) {
    return over(Opening.of(login, () -> DatabaseLogin.of(settings), Pools::connected), login);
  }

  private static Database over(Opening opening, DatabaseSettings settings) {
    return new Database(
        opening.pool(), Dialect.of(settings.url()), opening.last(), opening.close());
  }

  private static Database worker(Supplier<DatabaseSettings> login) {
    var settings = login.get();
    return migrated(over(Opening.of(settings, login, Pools::lazy), settings).last(), settings);
  }

  private static Database migrated(Database database, DatabaseSettings settings) {
    if (settings.isEmbedded()) {
      try {
        Schema.bringToHead(database.dataSource, database.dialect);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    }
    return database;
  }

  /** {@link Jdbi} as CORE uses it, over any data source. */
  private static Jdbi jdbi(DataSource dataSource, Dialect dialect) {
    var jdbi = Jdbi.create(dataSource).installPlugin(new SqlObjectPlugin());
    if (dialect == Dialect.POSTGRES) {
      jdbi.installPlugin(new PostgresPlugin());
    }
    // Parameters may be tokens of attempts; an error is printed, and must not show them.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi.registerRowMapper(new RecordRows());
  }

  /**
   * Checks that the schema is the one that this program was written for; changes nothing.
   *
   * @throws SchemaMismatch if it is behind or ahead; the message says what to run
   */
  public void requireCurrentSchema() {
    Schema.require(dataSource, dialect);
  }

  /**
   * Says that this program goes on when its connections break ({@link
   * TransientFailure#CONNECTION_LOST}), as a server does: the process that serves an embedded
   * database to it need not wait for it when it ends.
   */
  public Database last() {
    onLast.run();
    return this;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Closes the connections, if they are its own. */
  @Override
  public void close() {
    onClose.run();
  }
}
