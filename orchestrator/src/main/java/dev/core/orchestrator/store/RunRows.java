package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes definitions, runs and tasks. */
final class RunRows {

  private static final String INSERT_DEFINITION =
      """
      insert into execution.definitions (sha256, definition, created_at)
      select ?, ?, ?
      where not exists (select 1 from execution.definitions where sha256 = ?)
      """;

  private static final String INSERT_RUN =
      """
      insert into execution.runs (id, pipeline, client, brand, definition_sha256, status,
        trigger_kind, requested_by, logical_date, rerun_number, parameters, priority, created_at,
        started_at, ended_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE_RUN =
      """
      update execution.runs set status = ?, started_at = ?, ended_at = ? where id = ?
      """;

  private static final String INSERT_TASK =
      """
      insert into execution.tasks (status, status_since, follow_up, attempts, user_failures,
        infrastructure_failures, retry_at, failure_class, failure_message, result, started_at,
        ended_at, run_id, task_index, task_key, kind, state, wave, template, transformation_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE_TASK =
      """
      update execution.tasks
      set status = ?, status_since = ?, follow_up = ?, attempts = ?, user_failures = ?,
        infrastructure_failures = ?, retry_at = ?, failure_class = ?, failure_message = ?,
        result = ?, started_at = ?, ended_at = ?
      where run_id = ? and task_index = ?
      """;

  private static final String RELEASE =
      """
      update execution.runs set quarantined_at = null, quarantine_cause = null where id = ?
      """;

  /** While it was left alone, its news was taken off the list without being dealt with. */
  private static final String READ_AGAIN =
      """
      update execution.claims set has_news = true
      where closed_at is null and claimant is not null and attempt_id in (
        select id from execution.attempts
        where run_id = ? and status in ('INTENDED', 'SUBMITTED', 'CLAIMED'))
      """;

  private RunRows() {}

  static void release(Connection connection, List<Long> runIds) throws SQLException {
    UpdateCounts.require(
        BatchStatement.execute(connection, RELEASE, runIds, (row, id) -> row.number(id)), "runs");
    int[] _ = BatchStatement.execute(connection, READ_AGAIN, runIds, (row, id) -> row.number(id));
  }

  static void write(Connection connection, RowChanges rows, Instant now) throws SQLException {
    insert(connection, rows.newRuns, now);
    UpdateCounts.require(
        BatchStatement.execute(
            connection,
            UPDATE_RUN,
            rows.changedRuns,
            (row, run) ->
                row.name(run.status()).time(run.startedAt()).time(run.endedAt()).number(run.id())),
        "runs");
    UpdateCounts.require(
        BatchStatement.execute(
            connection,
            UPDATE_TASK,
            rows.changedTasks,
            (row, changed) ->
                bind(row, changed.task()).number(changed.runId()).number(changed.task().index())),
        "tasks");
  }

  private static void insert(Connection connection, List<Run> runs, Instant now)
      throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT_DEFINITION,
            runs,
            (row, run) ->
                row.text(run.plan().sha256())
                    .text(run.plan().definition().canonicalJson())
                    .time(now)
                    .text(run.plan().sha256()));
    int[] _ = BatchStatement.execute(connection, INSERT_RUN, runs, RunRows::bind);
    for (Run run : runs) {
      var tasks = new ArrayList<Task>(run.tasks().size());
      run.tasks().forEach(tasks::add);
      int[] _ =
          BatchStatement.execute(
              connection, INSERT_TASK, tasks, (row, task) -> bindNew(row, run, task));
    }
  }

  private static void bind(BatchStatement row, Run run) throws SQLException {
    var header = run.header();
    row.number(run.id())
        .text(header.pipeline())
        .text(header.client())
        .text(header.brand())
        .text(run.plan().sha256())
        .name(run.status())
        .text(header.trigger())
        .text(header.requestedBy())
        .time(header.logicalDate())
        .number(header.rerunNumber())
        .text(Json.write(header.parameters()))
        .number(header.priority())
        .time(header.createdAt())
        .time(run.startedAt())
        .time(run.endedAt());
  }

  private static void bindNew(BatchStatement row, Run run, Task task) throws SQLException {
    Dag.Node node = run.plan().dag().nodes().get(task.index());
    bind(row, task)
        .number(run.id())
        .number(task.index())
        .text(node.key())
        .text(node instanceof Dag.Spacer ? "SPACER" : "TRANSFORMATION")
        .text(node.state())
        .number(node.wave());
    switch (node) {
      case Dag.Spacer _ -> row.text(null).number((Long) null);
      case Dag.Transformation transformation ->
          row.text(transformation.definition().template()).number(transformation.definition().id());
    }
  }

  private static BatchStatement bind(BatchStatement row, Task task) throws SQLException {
    Failure failure = task.failure();
    return row.name(task.status())
        .time(task.since())
        .name(task.followUp())
        .number(task.attempts())
        .number(task.userFailures())
        .number(task.infrastructureFailures())
        .time(task.retryAt())
        .name(failure == null ? null : failure.failureClass())
        .text(failure == null ? null : failure.message())
        .text(task.result() == null ? null : Json.write(task.result()))
        .time(task.startedAt())
        .time(task.endedAt());
  }
}
