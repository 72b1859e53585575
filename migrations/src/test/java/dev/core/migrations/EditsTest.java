package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class EditsTest {
  private static final String EVENTS =
      "select table_name, row_id, operation, actor from auditing.events order by id";

  @BothDatabases
  void everyEditIsAuditedWithBeforeAfterAndActor(TestDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      nameActor(connection, database, "ada");
      Rows.run(connection, "insert into configuration.clients (id, name) values (7, 'acme')");
      Rows.run(connection, "update configuration.clients set name = 'say \"acme\"' where id = 7");
      nameActor(connection, database, "");
      Rows.run(connection, "delete from configuration.clients");

      assertThat(Rows.of(connection, EVENTS))
          .containsExactly(
              List.of("clients", "7", "INSERT", "ada"),
              List.of("clients", "7", "UPDATE", "ada"),
              List.of("clients", "7", "DELETE", database.user()));
      var documents = Rows.of(connection, "select before, after from auditing.events order by id");
      assertThat(documents.get(0).get(0)).isNull();
      assertThat(documents.get(0).get(1)).contains("\"name\"", "\"acme\"", "\"last_actor\"");
      assertThat(documents.get(1).get(0)).contains("\"acme\"");
      assertThat(documents.get(1).get(1)).contains("say \\\"acme\\\"");
      assertThat(documents.get(2).get(0)).contains("say \\\"acme\\\"");
      assertThat(documents.get(2).get(1)).isNull();
    }
  }

  @BothDatabases
  void updateStampsTimeAndActorAndOneThatChangesNothingDoesNot(TestDatabase database)
      throws SQLException {
    try (var connection = database.connect()) {
      Rows.run(connection, "insert into configuration.clients (id, name) values (7, 'acme')");
      var stamps = "select updated_at, last_actor from configuration.clients";
      var inserted = Rows.of(connection, stamps).getFirst();
      assertThat(inserted.get(1)).isEqualTo(database.user());

      Rows.run(connection, "update configuration.clients set name = 'acme'");
      assertThat(Rows.of(connection, stamps)).containsExactly(inserted);

      nameActor(connection, database, "ada");
      Rows.run(connection, "update configuration.clients set name = 'acme 2'");
      assertThat(Rows.value(connection, "select last_actor from configuration.clients"))
          .isEqualTo("ada");
      assertThat(
              Rows.value(connection, "select updated_at > created_at from configuration.clients"))
          .isIn("t", "TRUE");

      nameActor(connection, database, "");
      Rows.run(connection, "update configuration.clients set last_actor = 'grace'");
      assertThat(Rows.value(connection, "select last_actor from configuration.clients"))
          .isEqualTo("grace");
      Rows.run(connection, "update configuration.clients set name = 'acme 3'");
      assertThat(Rows.value(connection, "select last_actor from configuration.clients"))
          .isEqualTo(database.user());
      assertThat(
              Rows.value(
                  connection, "select count(*) from auditing.events where operation = 'UPDATE'"))
          .isEqualTo("3");
    }
  }

  @BothDatabases
  void everyTableOfTheConfigurationIsAudited(TestDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      assertThat(
              Rows.of(
                  connection,
                  """
                  select t.table_name
                  from information_schema.tables t
                  where t.table_schema = 'configuration' and t.table_type = 'BASE TABLE'
                    and (
                      select count(distinct g.trigger_name)
                      from information_schema.triggers g
                      where g.event_object_schema = t.table_schema and g.event_object_table = t.table_name) < 2
                  """))
          .isEmpty();
      assertThat(
              Rows.value(
                  connection,
                  "select count(*) from information_schema.tables where table_schema = 'configuration'"))
          .isEqualTo("14");
    }
  }

  @BothDatabases
  void rowThatDisappearsWithItsPipelineIsAuditedToo(TestDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      ConfigurationRows.insertPipeline(connection, "p");
      Rows.run(
          connection,
          "insert into configuration.pipeline_parameters (pipeline_id, name) select id, 'x' from configuration.pipelines");

      Rows.run(connection, "delete from configuration.pipelines");

      assertThat(
              Rows.of(
                  connection,
                  "select table_name from auditing.events where operation = 'DELETE' order by table_name"))
          .containsExactly(Arrays.asList("pipeline_parameters"), Arrays.asList("pipelines"));
    }
  }

  @BothDatabases
  void rolledBackEditLeavesNoTrace(TestDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      connection.setAutoCommit(false);
      Rows.run(connection, "insert into configuration.clients (name) values ('acme')");
      connection.rollback();
      assertThat(Rows.of(connection, EVENTS)).isEmpty();
    }
  }

  @Test
  void listenersAreToldOnceOfATransactionThatEdits() throws SQLException {
    try (var database = TestDatabases.postgres();
        var listener = database.connect();
        var editor = database.connect()) {
      Rows.run(listener, "listen core_configuration");
      editor.setAutoCommit(false);
      Rows.run(editor, "insert into configuration.clients (name) values ('a'), ('b')");
      Rows.run(editor, "update configuration.clients set name = 'c' where name = 'a'");
      editor.commit();

      var notices = listener.unwrap(PGConnection.class).getNotifications(10_000);

      assertThat(notices).hasSize(1);
      assertThat(notices[0].getParameter()).isEmpty();
    }
  }

  @Test
  void truncateIsRefusedBecauseItWouldEscapeTheAudit() throws SQLException {
    try (var database = TestDatabases.postgres()) {
      assertThatThrownBy(() -> database.execute("truncate configuration.clients cascade"))
          .hasMessageContaining("use delete");
    }
  }

  private static void nameActor(java.sql.Connection connection, TestDatabase database, String actor)
      throws SQLException {
    Rows.run(
        connection,
        "set %s = '%s'".formatted(database.isPostgres() ? "core.actor" : "@core_actor", actor));
  }
}
