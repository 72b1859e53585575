package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.AttemptStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the tasks of a run and their attempts in two statements. */
final class TaskQueries {

  private final Handle handle;

  TaskQueries(Handle handle) {
    this.handle = handle;
  }

  List<TaskDetail> ofRun(long runId) {
    var attempts = attempts(runId);
    return handle
        .createQuery(
            """
            select task_index, task_key, kind, state, wave, template, status, status_since,
              started_at, ended_at, retry_at, failure_class, failure_message, result,
              marked_by, mark_reason, taken_from_run, taken_from_task, taken_from_attempt,
              execution.clock() as now
            from execution.tasks where run_id = :run
            order by task_index
            """)
        .bind("run", runId)
        .map((row, _) -> task(row, attempts))
        .list();
  }

  private static TaskDetail task(ResultSet row, Map<Integer, List<AttemptDetail>> attempts)
      throws SQLException {
    var startedAt = Columns.instant(row, "started_at");
    var endedAt = Columns.instant(row, "ended_at");
    return new TaskDetail(
        row.getInt("task_index"),
        row.getString("task_key"),
        row.getString("kind").toLowerCase(Locale.ROOT),
        row.getString("state"),
        row.getInt("wave"),
        row.getString("template"),
        TaskStatus.valueOf(row.getString("status")),
        Columns.requiredInstant(row, "status_since"),
        startedAt,
        endedAt,
        Columns.between(startedAt, endedAt, Columns.requiredInstant(row, "now")),
        Columns.instant(row, "retry_at"),
        FailureDetail.of(row.getString("failure_class"), row.getString("failure_message")),
        Columns.json(row, "result"),
        OriginDetail.of(RunLoader.origin(row)),
        attempts.getOrDefault(row.getInt("task_index"), List.of()));
  }

  /** By task; progress and job are those of the first partition, which is the only one mostly. */
  private Map<Integer, List<AttemptDetail>> attempts(long runId) {
    var attempts = new HashMap<Integer, List<AttemptDetail>>();
    handle
        .createQuery(
            """
            select a.task_index, a.number, a.status, a.mode, a.intended_at,
              coalesce(a.claimed_at, c.claimed_at) as claimed_at, a.ended_at, a.close_reason,
              a.failure_class, a.failure_message, c.progress,
              case when p.attempt_id is null
                then coalesce(c.job_id, (select max(j.job_id) from execution.jobs j
                  where j.attempt_id = a.id))
                else (select max(j.job_id) from execution.jobs j
                  where j.attempt_id = a.id and j.chunk = (select max(n.chunk)
                    from execution.jobs n where n.attempt_id = a.id))
              end as job_id,
              p.partition_count, p.size, p.running, p.succeeded, p.failed,
              p.claimed_at as first_claimed_at
            from execution.attempts a
            left join execution.attempt_partitions p on p.attempt_id = a.id
            left join execution.claims c on c.attempt_id = a.id and c.partition_index = 0
            where a.run_id = :run
            order by a.task_index, a.number
            """)
        .bind("run", runId)
        .map((row, _) ->
            attempts
                .computeIfAbsent(row.getInt("task_index"), _ -> new ArrayList<>())
                .add(attempt(row)))
        .list();
    return attempts;
  }

  private static AttemptDetail attempt(ResultSet row) throws SQLException {
    PartitionsDetail partitions = partitions(row);
    return new AttemptDetail(
        row.getInt("number"),
        AttemptStatus.valueOf(row.getString("status")),
        row.getString("mode"),
        Columns.requiredInstant(row, "intended_at"),
        Columns.instant(row, partitions == null ? "claimed_at" : "first_claimed_at"),
        Columns.instant(row, "ended_at"),
        row.getString("job_id"),
        partitions == null ? row.getString("progress") : partitions.progress(),
        row.getString("close_reason"),
        FailureDetail.of(row.getString("failure_class"), row.getString("failure_message")),
        partitions);
  }

  private static @Nullable PartitionsDetail partitions(ResultSet row) throws SQLException {
    Integer count = row.getObject("partition_count", Integer.class);
    if (count == null) {
      return null;
    }
    int size = row.getInt("size");
    return new PartitionsDetail(
        count,
        count - size + row.getInt("succeeded"),
        size,
        row.getInt("running"),
        row.getInt("failed"));
  }
}
