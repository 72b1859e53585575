package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.settings.Settings;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class DatabaseTest {
  @TempDir Path directory;

  public record StateType(long id, String name, @Nullable String description, Instant createdAt) {}

  @BothDatabases
  void rowsBecomeRecords(TestDatabase testDatabase) {
    try (var database = Database.open(settings(testDatabase))) {
      assertThat(database.dialect())
          .isEqualTo(testDatabase.isPostgres() ? Dialect.POSTGRES : Dialect.H2);
      var before = Instant.now().minusSeconds(3600);

      List<StateType> rows =
          database
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery(
                          """
                          select id, name, description, created_at
                          from configuration.pipeline_state_types
                          order by graph_order
                          """)
                      .mapTo(StateType.class)
                      .list());

      assertThat(rows).extracting(StateType::name).startsWith("raw", "ingest").hasSize(7);
      assertThat(rows.getFirst().createdAt()).isBetween(before, Instant.now().plusSeconds(60));
    }
  }

  @Test
  void theEmbeddedDatabaseMigratesItself() {
    try (var database = Database.open(Settings.load(Map.of(), directory))) {
      database.requireCurrentSchema();
    }
    assertThat(Files.exists(directory.resolve(".core/database/core.mv.db"))).isTrue();
    try (var again = Database.open(Settings.load(Map.of(), directory))) {
      again.requireCurrentSchema();
    }
  }

  /** Attempts are ended by interrupts, in processes that serve the file to others. */
  @Test
  void anInterruptedThreadDoesNotTakeTheEmbeddedDatabaseAlong() throws Exception {
    try (var database = Database.open(Settings.load(Map.of(), directory))) {
      var insert = "insert into configuration.tags (name) values (?)";
      var interrupted =
          Thread.ofPlatform()
              .start(() ->
                  database
                      .jdbi()
                      .useHandle(handle -> {
                        Thread.currentThread().interrupt();
                        handle.execute(insert, "first");
                      }));
      interrupted.join();

      database.jdbi().useHandle(handle -> handle.execute(insert, "second"));

      List<String> tags =
          database
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery("select name from configuration.tags order by id")
                      .mapTo(String.class)
                      .list());
      assertThat(tags).containsExactly("first", "second");
    }
  }

  @Test
  void aPostgresThatIsBehindIsRefusedAndLeftAlone() throws SQLException {
    try (var empty = TestDatabases.emptyPostgres();
        var database = Database.open(settings(empty))) {
      assertThatThrownBy(database::requireCurrentSchema)
          .isInstanceOf(SchemaMismatch.class)
          .hasMessageContaining("behind")
          .hasMessageContaining("core migrate");
      assertThatThrownBy(database::requireCurrentSchema).isInstanceOf(SchemaMismatch.class);
    }
  }

  @BothDatabases
  void aDatabaseThatIsAheadIsRefused(TestDatabase testDatabase) throws SQLException {
    try (var database = Database.over(testDatabase.dataSource(), Dialect.of(testDatabase.url()))) {
      database.requireCurrentSchema();
      testDatabase.execute(
          """
          insert into public.core_migrations
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          values (1000, '209901010000', 'from the future', 'SQL', 'V209901010000__x.sql', 1, 'me',
            1, true)
          """);

      assertThatThrownBy(database::requireCurrentSchema)
          .isInstanceOf(SchemaMismatch.class)
          .hasMessageContaining("ahead");
    }
  }

  @Test
  void aWrongAddressIsToldAtOnceWithoutThePassword() {
    var settings =
        Settings.load(
            Map.of("CORE_DATABASE_URL", "postgresql://ann:hunter2@127.0.0.1:1/nowhere"), directory);

    assertThatThrownBy(() -> Database.open(settings).close())
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageStartingWith("cannot connect to jdbc:postgresql://127.0.0.1:1/nowhere as ann: ")
        .hasMessageNotContaining("hunter2")
        .satisfies(failure ->
            assertThat(TransientFailure.of(failure)).contains(TransientFailure.CONNECTION_LOST));
  }

  @Test
  void workersOnPostgresHaveNoTableRights() throws SQLException {
    try (var postgres = TestDatabases.postgres();
        var worker = Database.forWorker(settings(postgres))) {
      assertThatThrownBy(
              () -> worker.jdbi().useHandle(h -> h.execute("delete from execution.claims")))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aConnectionThatTheServerEndedIsReplaced() throws SQLException {
    try (var postgres = TestDatabases.postgres();
        var database = Database.open(settings(postgres))) {
      int before = backend(database);
      postgres.execute("select pg_terminate_backend(" + before + ")");

      assertThatThrownBy(() -> backend(database))
          .satisfies(failure ->
              assertThat(TransientFailure.of(failure)).contains(TransientFailure.CONNECTION_LOST));
      assertThat(backend(database)).isNotEqualTo(before);
    }
  }

  private static int backend(Database database) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select pg_backend_pid()").mapTo(Integer.class).one());
  }

  private Settings settings(TestDatabase database) {
    var environment = new HashMap<String, String>();
    environment.put("CORE_DATABASE_URL", database.url());
    environment.put("CORE_DATABASE_USER", database.user());
    environment.put("CORE_DATABASE_PASSWORD", database.password());
    return Settings.load(environment, directory);
  }
}
