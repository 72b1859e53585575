package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Attempt.Hold;
import dev.core.orchestrator.engine.AttemptStatus;
import dev.core.orchestrator.engine.DonePartitions;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunHeader;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.engine.Tasks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs back from their rows, as they were journalled. What memory knew beyond the rows is
 * gone: of every attempt without a job it is unknown whether the backend was asked.
 */
public final class RunLoader {

  private static final String ACTIVE =
      """
      quarantined_at is null and (status in ('QUEUED', 'RUNNING', 'CANCELLING')
        or id in (select a.run_id from execution.attempts a
          join execution.jobs j on j.attempt_id = a.id where j.status in ('PENDING', 'RUNNING')))
      """;

  private final Handle handle;
  private final RunPlans plans;

  public RunLoader(Handle handle) {
    this.handle = handle;
    this.plans = new RunPlans(handle);
  }

  /** Every run that a leader has something to do about. */
  public List<Run> active() {
    List<Long> ids =
        handle
            .createQuery("select id from execution.runs where " + ACTIVE + " order by id")
            .mapTo(Long.class)
            .list();
    return ids.stream().map(id -> run(id).orElseThrow()).toList();
  }

  /** Every run that is not finished and left alone because it could not be journalled. */
  public List<Run> quarantined() {
    List<Long> ids =
        handle
            .createQuery(
                """
                select id from execution.runs
                where quarantined_at is not null and status in ('QUEUED', 'RUNNING', 'CANCELLING')
                order by id
                """)
            .mapTo(Long.class)
            .list();
    return ids.stream().map(id -> run(id).orElseThrow()).toList();
  }

  /** Any run, also one that has ended. */
  public Optional<Run> run(long id) {
    return handle
        .createQuery(
            """
            select id, pipeline, client, brand, definition_sha256, status, trigger_kind,
              requested_by, logical_date, rerun_number, parameters, priority, created_at,
              started_at, ended_at, retry_policy
            from execution.runs where id = :id
            """)
        .bind("id", id)
        .map((row, _) -> run(row))
        .findOne();
  }

  private Run run(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    var policy = row.getString("retry_policy");
    var header =
        new RunHeader(
            id,
            row.getString("pipeline"),
            row.getString("client"),
            row.getString("brand"),
            row.getString("trigger_kind"),
            row.getString("requested_by"),
            Columns.requiredInstant(row, "logical_date"),
            row.getInt("rerun_number"),
            Columns.texts(row, "parameters"),
            row.getInt("priority"),
            Columns.requiredInstant(row, "created_at"),
            policy == null ? null : Json.read(policy, RetryPolicy.class));
    RunPlan plan = plans.of(row.getString("definition_sha256"));
    return Run.of(
        header,
        plan,
        RunStatus.valueOf(row.getString("status")),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "ended_at"),
        Tasks.of(tasks(id, plan.splits())));
  }

  private List<Task> tasks(long runId, boolean split) {
    Map<Integer, List<Attempt>> live = attempts(runId, split);
    Map<Integer, DonePartitions> done = split ? new FanOutLoader(handle).done(runId) : Map.of();
    return handle
        .createQuery(
            """
            select task_index, status, status_since, follow_up, attempts, user_failures,
              infrastructure_failures, retry_at, failure_class, failure_message, result,
              marked_by, mark_reason, taken_from_run, taken_from_task, taken_from_attempt,
              started_at, ended_at
            from execution.tasks where run_id = :run order by task_index
            """)
        .bind("run", runId)
        .map((row, _) ->
            task(
                row,
                done.get(row.getInt("task_index")),
                live.getOrDefault(row.getInt("task_index"), List.of())))
        .list();
  }

  private static Task task(ResultSet row, @Nullable DonePartitions done, List<Attempt> live)
      throws SQLException {
    String followUp = row.getString("follow_up");
    return new Task(
        row.getInt("task_index"),
        TaskStatus.valueOf(row.getString("status")),
        Columns.requiredInstant(row, "status_since"),
        followUp == null ? null : TaskStatus.valueOf(followUp),
        row.getInt("attempts"),
        row.getInt("user_failures"),
        row.getInt("infrastructure_failures"),
        Columns.instant(row, "retry_at"),
        failure(row),
        Columns.json(row, "result"),
        origin(row),
        Columns.instant(row, "started_at"),
        Columns.instant(row, "ended_at"),
        done,
        live);
  }

  static @Nullable Origin origin(ResultSet row) throws SQLException {
    String markedBy = row.getString("marked_by");
    if (markedBy != null) {
      return new Origin.Marked(markedBy, row.getString("mark_reason"));
    }
    Long takenFrom = Columns.number(row, "taken_from_run");
    return takenFrom == null
        ? null
        : new Origin.TakenOver(
            takenFrom, row.getInt("taken_from_task"), row.getInt("taken_from_attempt"));
  }

  private static @Nullable Failure failure(ResultSet row) throws SQLException {
    String failureClass = row.getString("failure_class");
    String message = row.getString("failure_message");
    return failureClass == null
        ? null
        : new Failure(FailureClass.valueOf(failureClass), message == null ? "" : message);
  }

  /** Attempts of which something is left to do or to learn, by task. */
  private Map<Integer, List<Attempt>> attempts(long runId, boolean split) {
    Map<Long, List<Job>> jobs = jobs(runId);
    Map<Long, FanOut> fans = split ? new FanOutLoader(handle).of(runId, jobs) : Map.of();
    var byTask = new HashMap<Integer, List<Attempt>>();
    handle
        .createQuery(
            """
            select a.id, a.task_index, a.number, a.token, a.job_name, a.queue,
              a.definition_revision, a.status, a.intended_at, a.asked_at, a.claimed_at,
              a.closed_at, a.close_reason, a.ended_at, a.failure_class, a.failure_message,
              c.claimant, c.job_id, c.renewed_at, c.progress
            from execution.attempts a
            join execution.claims c on c.attempt_id = a.id and c.partition_index = 0
            where a.run_id = :run
            order by a.task_index, a.number
            """)
        .bind("run", runId)
        .map((row, _) ->
            Map.entry(
                row.getInt("task_index"),
                attempt(
                    row,
                    jobs.getOrDefault(row.getLong("id"), List.of()),
                    fans.get(row.getLong("id")))))
        .forEach(each -> {
          if (!each.getValue().settled()) {
            byTask.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(each.getValue());
          }
        });
    return byTask;
  }

  private static Attempt attempt(ResultSet row, List<Job> jobs, @Nullable FanOut fan)
      throws SQLException {
    Instant intendedAt = Columns.requiredInstant(row, "intended_at");
    Instant askedAt = Columns.instant(row, "asked_at");
    return new Attempt(
        row.getLong("id"),
        row.getInt("number"),
        row.getString("token"),
        row.getString("job_name"),
        row.getString("queue"),
        row.getString("definition_revision"),
        AttemptStatus.valueOf(row.getString("status")),
        intendedAt,
        jobs.isEmpty() ? Asked.NO_ANSWER : Asked.ANSWERED,
        askedAt == null ? intendedAt : askedAt,
        fan == null ? hold(row) : null,
        Columns.instant(row, "closed_at"),
        row.getString("close_reason"),
        Columns.instant(row, "ended_at"),
        failure(row),
        jobs,
        fan);
  }

  /** Only a claim that is journalled: a newer one comes as news. */
  private static @Nullable Hold hold(ResultSet row) throws SQLException {
    Instant claimedAt = Columns.instant(row, "claimed_at");
    Instant renewedAt = Columns.instant(row, "renewed_at");
    String claimant = row.getString("claimant");
    String jobId = row.getString("job_id");
    return claimedAt == null || renewedAt == null || claimant == null || jobId == null
        ? null
        : new Hold(claimant, jobId, claimedAt, renewedAt, row.getString("progress"));
  }

  private Map<Long, List<Job>> jobs(long runId) {
    var byAttempt = new HashMap<Long, List<Job>>();
    handle
        .createQuery(
            """
            select j.attempt_id, j.job_id, j.status, j.submitted_at, j.terminate_asked_at,
              j.ended_at, j.exit_code, j.reason, j.chunk
            from execution.jobs j join execution.attempts a on a.id = j.attempt_id
            where a.run_id = :run
            order by j.attempt_id, j.submitted_at, j.job_id
            """)
        .bind("run", runId)
        .map((row, _) -> {
          var job =
              new Job(
                  row.getString("job_id"),
                  Job.Status.valueOf(row.getString("status")),
                  Columns.requiredInstant(row, "submitted_at"),
                  Columns.instant(row, "terminate_asked_at"),
                  Columns.instant(row, "ended_at"),
                  row.getObject("exit_code", Integer.class),
                  row.getString("reason"),
                  row.getInt("chunk"));
          return Map.entry(row.getLong("attempt_id"), job);
        })
        .forEach(each ->
            byAttempt.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(each.getValue()));
    return byAttempt;
  }
}
