package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes definitions, runs and tasks. */
final class RunRows {

  private static final RowStatement INSERT_DEFINITION =
      RowStatement.of(
          """
          insert into execution.definitions (sha256, definition, created_at)
          select ?1, ?2, ?3
          where not exists (select 1 from execution.definitions where sha256 = ?1)
          """,
          """
          insert into execution.definitions (sha256, definition, created_at)
          select v.sha256, v.definition, v.created_at from $rows
          on conflict (sha256) do nothing
          """,
          "sha256 text, definition text, created_at timestamptz");

  private static final RowStatement INSERT_RUN =
      RowStatement.insert(
          "execution.runs",
          """
          id bigint, pipeline text, client text, brand text, definition_sha256 text, status text,
          trigger_kind text, requested_by text, logical_date timestamptz, rerun_number integer,
          parameters text, priority integer, created_at timestamptz, started_at timestamptz,
          ended_at timestamptz, retry_policy text
          """);

  private static final RowStatement UPDATE_RUN =
      RowStatement.update(
          "execution.runs",
          "status text, started_at timestamptz, ended_at timestamptz",
          "id bigint");

  private static final String CHANGING =
      """
      status text, status_since timestamptz, follow_up text, attempts integer,
      user_failures integer, infrastructure_failures integer, retry_at timestamptz,
      failure_class text, failure_message text, result text, marked_by text, mark_reason text,
      taken_from_run bigint, taken_from_task integer, taken_from_attempt integer,
      started_at timestamptz, ended_at timestamptz
      """;

  private static final RowStatement INSERT_TASK =
      RowStatement.insert(
          "execution.tasks",
          CHANGING
              + """
              , run_id bigint, task_index integer, task_key text, kind text, state text,
              wave integer, template text, transformation_id bigint
              """);

  private static final RowStatement UPDATE_TASK =
      RowStatement.update("execution.tasks", CHANGING, "run_id bigint, task_index integer");

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

  static void write(Bundle bundle, RowChanges rows, Instant now) {
    insert(bundle, rows.newRuns, now);
    bundle.addExact(
        UPDATE_RUN,
        rows.changedRuns,
        (row, run) ->
            row.name(run.status()).time(run.startedAt()).time(run.endedAt()).number(run.id()),
        "runs");
    bundle.addExact(
        UPDATE_TASK,
        rows.changedTasks,
        (row, changed) ->
            bind(row, changed.task()).number(changed.runId()).number(changed.task().index()),
        "tasks");
  }

  private static void insert(Bundle bundle, List<Run> runs, Instant now) {
    bundle.add(
        INSERT_DEFINITION,
        runs,
        (row, run) ->
            row.text(run.plan().sha256()).text(run.plan().definition().canonicalJson()).time(now));
    bundle.add(INSERT_RUN, runs, RunRows::bind);
    record NewTask(Run run, Task task) {}
    var tasks = new ArrayList<NewTask>();
    runs.forEach(run -> run.tasks().forEach(task -> tasks.add(new NewTask(run, task))));
    bundle.add(INSERT_TASK, tasks, (row, added) -> bindNew(row, added.run(), added.task()));
  }

  private static void bind(RowValues row, Run run) throws SQLException {
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
        .time(run.endedAt())
        .text(header.retryPolicy() == null ? null : Json.write(header.retryPolicy()));
  }

  private static void bindNew(RowValues row, Run run, Task task) throws SQLException {
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

  private static RowValues bind(RowValues row, Task task) throws SQLException {
    Failure failure = task.failure();
    row.name(task.status())
        .time(task.since())
        .name(task.followUp())
        .number(task.attempts())
        .number(task.userFailures())
        .number(task.infrastructureFailures())
        .time(task.retryAt())
        .name(failure == null ? null : failure.failureClass())
        .text(failure == null ? null : failure.message())
        .text(task.result() == null ? null : Json.write(task.result()));
    return bind(row, task.origin()).time(task.startedAt()).time(task.endedAt());
  }

  private static RowValues bind(RowValues row, @Nullable Origin origin) throws SQLException {
    var marked = origin instanceof Origin.Marked mark ? mark : null;
    var taken = origin instanceof Origin.TakenOver other ? other : null;
    return row.text(marked == null ? null : marked.by())
        .text(marked == null ? null : marked.reason())
        .number(taken == null ? null : Long.valueOf(taken.runId()))
        .number(taken == null ? null : Integer.valueOf(taken.task()))
        .number(taken == null ? null : Integer.valueOf(taken.attempt()));
  }
}
