package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With Postgres, where orchestrator and workers have logins of their own. */
class KillOnPostgresTest extends KillTests {

  private static final String LOGIN =
      """
      do $$ begin
        if to_regrole('%1$s') is null then
          create role %1$s login password 'secret' in role %2$s;
        end if;
      end $$
      """;

  private final TestDatabase postgres = TestDatabases.postgres();

  @Override
  Map<String, String> databaseSettings() {
    try {
      logins(postgres);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the logins", e);
    }
    return settings(postgres);
  }

  /** Of orchestrators and of workers, each with no more rights than its role has. */
  static void logins(TestDatabase postgres) throws SQLException {
    postgres.execute(
        LOGIN.formatted("kill_orchestrator", "orchestrator"),
        LOGIN.formatted("kill_worker", "corebot_local"));
  }

  static Map<String, String> settings(TestDatabase postgres) {
    return Map.of(
        "CORE_DATABASE_URL", postgres.url(),
        "CORE_DATABASE_USER", "kill_orchestrator",
        "CORE_DATABASE_PASSWORD", "secret",
        "CORE_WORKER_DATABASE_USER", "kill_worker",
        "CORE_WORKER_DATABASE_PASSWORD", "secret");
  }

  @Override
  List<Integer> kills() {
    return List.of(3, 1, 2, 3);
  }

  @Test
  void aWholeRunSucceedsThoughWorkersHaveNoRightsOnAnyTable() {
    core.pipeline("kills", 2, 1);
    core.startServer();
    long run = core.start("kills");

    var workers = core.awaitWorkers();
    assertThat(
            core.number(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and usename = 'kill_worker'
                """))
        .isPositive();
    assertThat(
            core.number(
                """
                select count(*) from information_schema.tables t
                where t.table_schema not in ('pg_catalog', 'information_schema')
                  and has_table_privilege('kill_worker',
                    format('%I.%I', t.table_schema, t.table_name),
                    'select, insert, update, delete, truncate')
                """))
        .isZero();
    core.awaitSucceeded(run);
    new Effects(core).areOnceAndWhole(run);
    assertThat(workers).isNotEmpty();
  }

  @Override
  void drop() {
    try {
      postgres.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop the test database", e);
    }
  }
}
