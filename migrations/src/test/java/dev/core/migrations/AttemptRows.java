package dev.core.migrations;

import dev.core.migrations.testing.TestDatabase;
import java.sql.SQLException;

/** The rows that an attempt needs, with one claim per partition. */
final class AttemptRows {
  private AttemptRows() {}

  static void insert(TestDatabase database, String token, int partitions) throws SQLException {
    database.execute(
        "insert into execution.definitions (sha256, definition, created_at) values ('%s', '{}', current_timestamp)"
            .formatted("a".repeat(64)),
        """
        insert into execution.runs (id, pipeline, client, brand, definition_sha256, status, trigger_kind,
          requested_by, logical_date, rerun_number, parameters, priority, created_at)
        values (1, 'p', 'c', 'b', '%s', 'RUNNING', 'manual', 'me', current_timestamp, 0, '{}', 0, current_timestamp)
        """
            .formatted("a".repeat(64)),
        """
        insert into execution.tasks (run_id, task_index, task_key, kind, state, wave, status, status_since,
          attempts, user_failures, infrastructure_failures)
        values (1, 1, 'p_raw_t_1', 'TRANSFORMATION', 'raw', 0, 'SUBMITTED', current_timestamp, 1, 0, 0)
        """,
        """
        insert into execution.attempts (id, run_id, task_index, number, token, job_name, mode, queue,
          definition_revision, work_order, status, intended_at)
        values (1, 1, 1, 1, '%s', 'j', 'local', 'q', '1', '{"order": 1}', 'INTENDED', current_timestamp)
        """
            .formatted(token));
    for (int partition = 0; partition < partitions; partition++) {
      database.execute(
          "insert into execution.claims (attempt_id, partition_index, token) values (1, %d, '%s')"
              .formatted(partition, token));
    }
  }
}
