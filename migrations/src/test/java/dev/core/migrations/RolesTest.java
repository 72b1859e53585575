package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Roles belong to the cluster, so this needs one that has none yet; the order tells its life. */
@TestMethodOrder(OrderAnnotation.class)
class RolesTest {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("log_statement", "all")
            .start();
    database("postgres", "postgres")
        .execute(
            "create role plain login password 'plain'",
            "create role maker login createrole password 'maker'");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static TestDatabase database(String name, String user) {
    return new TestDatabase(
        Vendor.POSTGRESQL,
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name,
        user,
        user);
  }

  private static Migrator created(String name, String owner) throws SQLException {
    database("postgres", "postgres").execute("create database " + name + " owner " + owner);
    return Migrator.of(database(name, owner).dataSource());
  }

  @Test
  @Order(1)
  void userWhoMayNotCreateRolesIsToldWhatAnAdministratorMustRun() throws SQLException {
    var migrator = created("refused", "plain");

    assertThatThrownBy(migrator::migrate)
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("user plain may not create the roles of CORE")
        .hasMessageContaining("create role configurator nologin")
        .hasMessageContaining("grant configurator to plain");
  }

  @Test
  @Order(2)
  void severalDatabasesOfOneClusterAreMigratedAtOnce() throws Exception {
    var migrations = new ArrayList<Callable<Integer>>();
    for (int number = 0; number < 4; number++) {
      var migrator = created("together_" + number, "maker");
      var twin = Migrator.of(database("together_" + number, "maker").dataSource());
      migrations.add(migrator::migrate);
      migrations.add(twin::migrate);
    }
    int head =
        Migrator.of(database("together_0", "maker").dataSource()).status().migrations().size();

    int applied = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var migration : threads.invokeAll(migrations)) {
        applied += migration.get();
      }
    }

    assertThat(applied).isEqualTo(4 * head);
  }

  @Test
  @Order(3)
  void ownerOfADatabaseWhoIsNoSuperuserGivesEverythingToConfigurator() throws SQLException {
    try (var connection = database("together_0", "maker").connect()) {
      assertThat(
              Rows.of(
                  connection,
                  """
                  select distinct c.relowner::regrole from pg_class c
                  where c.relnamespace::regnamespace::text in ('configuration', 'execution', 'auditing')
                  """))
          .containsExactly(List.of("configurator"));
      // And may still change it.
      Rows.run(connection, "alter table configuration.clients add column nickname text");
      Rows.run(connection, "set role corebot");
      assertThat(Rows.value(connection, "select execution.claim('t', 0, 'j', 'c')")).isNull();
    }
  }

  @Test
  @Order(4)
  void rolesThatAnAdministratorMadeAreEnough() throws SQLException {
    database("postgres", "postgres").execute("grant configurator, corebot, corebot_local to plain");

    assertThat(Migrator.of(database("refused", "plain").dataSource()).migrate()).isPositive();
  }

  @Test
  @Order(5)
  void rolesLogInWithThePasswordsGiven() throws SQLException {
    var migrator = Migrator.of(database("together_1", "maker").dataSource());
    migrator.grantLogins(
        List.of(new Login("orchestrator", "secret one"), new Login("corebot", "it's two")));

    var worker = database("together_1", "maker").dataSource("corebot", "it's two");
    try (var connection = worker.getConnection()) {
      assertThat(Rows.value(connection, "select execution.claim('t', 0, 'j', 'c')")).isNull();
      assertThatThrownBy(() -> Rows.run(connection, "select 1 from execution.claims"))
          .hasMessageContaining("permission denied");
    }
    var leader = database("together_1", "maker").dataSource("orchestrator", "secret one");
    try (var connection = leader.getConnection()) {
      assertThat(Rows.value(connection, "select epoch from execution.leadership")).isEqualTo("0");
      Rows.run(connection, "set role corebot_local");
    }
    assertThat(Migrator.of(leader).status().isCurrent()).isTrue();
  }

  @Test
  void loginTellsNoPasswordAndRefusesRolesThatAreNotOurs() {
    assertThat(new Login("corebot", "secret").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> new Login("postgres", "secret"))
        .hasMessage(
            "there is no role postgres; the roles of CORE are configurator, orchestrator, corebot, corebot_local");
  }
}
