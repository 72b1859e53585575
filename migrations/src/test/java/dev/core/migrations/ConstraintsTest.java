package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

class ConstraintsTest {

  @BothDatabases
  void configurationThatMakesNoSenseIsRefusedByTheDatabaseItself(TestDatabase database)
      throws SQLException {
    try (var connection = database.connect()) {
      ConfigurationRows.insertPipeline(connection, "p");
      refused(
          connection,
          "clients_name_unique",
          "insert into configuration.clients (name) values ('client')");
      refused(
          connection,
          "brands_client_exists",
          "insert into configuration.brands (client_id, name) values (99, 'x')");
      refused(
          connection,
          "pipelines_name_unique",
          "insert into configuration.pipelines (name, brand_id, pipeline_type_id) values ('p', 101, 101)");
      refused(
          connection,
          "pipelines_overlap_policy_known",
          "update configuration.pipelines set overlap_policy = 'MAYBE'");
      refused(
          connection,
          "pipelines_overlap_limit_positive",
          "update configuration.pipelines set overlap_limit = 0");
      refused(
          connection,
          "pipelines_priority_in_range",
          "update configuration.pipelines set priority = 1001");
      refused(
          connection,
          "pipelines_parallel_task_limit_positive",
          "update configuration.pipelines set parallel_task_limit = 0");
      refused(
          connection,
          "pipeline_parameters_datatype_known",
          "insert into configuration.pipeline_parameters (pipeline_id, name, datatype) values (101, 'x', 'number')");
      refused(
          connection,
          "pipeline_state_types_graph_order_unique",
          "insert into configuration.pipeline_state_types (name, graph_order) values ('x', 10)");
      refused(
          connection,
          "pools_slots_not_negative",
          "insert into configuration.pools (name, slots) values ('x', -1)");
      refused(
          connection,
          "transformation_templates_attempts_positive",
          "insert into configuration.transformation_templates (name, variable_structures, attempts) values ('x', cast('{}' as configuration.json_document), 0)");

      Rows.run(
          connection,
          "insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order) values (101, (select id from configuration.pipeline_state_types where name = 'raw'), 1)");
      refused(
          connection,
          "pipeline_states_type_unique",
          "insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order) values (101, (select id from configuration.pipeline_state_types where name = 'raw'), 2)");
      refused(
          connection,
          "pipeline_states_graph_order_unique",
          "insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order) values (101, (select id from configuration.pipeline_state_types where name = 'ingest'), 1)");
    }
  }

  @BothDatabases
  void variableStructuresThatAreNoJsonAreRefused(TestDatabase database) throws SQLException {
    assertThatThrownBy(() ->
            database.execute(
                "insert into configuration.transformation_templates (name, variable_structures) values ('x', cast('{' as configuration.json_document))"))
        .isInstanceOf(SQLException.class);
  }

  @BothDatabases
  void statesComeInTheirUsualOrder(TestDatabase database) throws SQLException {
    try (var connection = database.connect()) {
      assertThat(
              Rows.of(
                  connection,
                  "select name from configuration.pipeline_state_types order by graph_order"))
          .extracting(java.util.List::getFirst)
          .containsExactly(
              "raw", "ingest", "master", "enhance", "enrich", "metrics", "dimensional");
    }
  }

  @BothDatabases
  void executionRecordHasOneLeaderAndOneClaimPerPartition(TestDatabase database)
      throws SQLException {
    AttemptRows.insert(database, "t", 1);
    try (var connection = database.connect()) {
      refused(
          connection,
          "leadership_single_row",
          "insert into execution.leadership (id, epoch) values (2, 0)");
      refused(
          connection,
          "claims",
          "insert into execution.claims (attempt_id, partition_index, token) values (1, 0, 't')");
      refused(connection, "runs_status_known", "update execution.runs set status = 'DONE'");
      refused(
          connection,
          "attempts_token_unique",
          "insert into execution.attempts (id, run_id, task_index, number, token, job_name, mode, queue, definition_revision, work_order, status, intended_at) select 2, run_id, task_index, 2, token, job_name, mode, queue, definition_revision, work_order, status, intended_at from execution.attempts");
    }
  }

  private static void refused(Connection connection, String constraint, String sql) {
    assertThatThrownBy(() -> Rows.run(connection, sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(constraint);
  }
}
