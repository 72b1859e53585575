package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads runs for people and programs. Writes nothing, decides nothing; safe from any process. What
 * is read of a run is never older than its status: a run that is shown as ended is shown whole.
 */
public final class RunQueries {

  private static final String RUNS =
      """
      select id, pipeline, client, brand, status, trigger_kind, requested_by, logical_date,
        rerun_number, parameters, definition_sha256, created_at, started_at, ended_at,
        quarantined_at, quarantine_cause, execution.clock() as now
      from execution.runs
      """;

  private final Jdbi jdbi;

  public RunQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The newest first. */
  public List<RunSummary> list(RunFilter filter) {
    return jdbi.withHandle(handle -> {
      var runs =
          handle
              .createQuery(
                  RUNS
                      + """
                      where (cast(:pipeline as varchar) is null or pipeline = :pipeline)
                        and (cast(:status as varchar) is null or status = :status)
                        and id < :before
                      order by id desc
                      limit :limit
                      """)
              .bind("pipeline", filter.pipeline())
              .bind("status", filter.status() == null ? null : filter.status().name())
              .bind("before", Objects.requireNonNullElse(filter.before(), Long.MAX_VALUE))
              .bind("limit", filter.limit())
              .map((row, _) -> summary(row))
              .list();
      return counted(handle, runs);
    });
  }

  /** The newest run of each pipeline that has ever run. */
  public Map<String, RunSummary> newestByPipeline() {
    return jdbi.withHandle(handle -> {
      var newest = new HashMap<String, RunSummary>();
      var runs =
          handle
              .createQuery(
                  RUNS
                      + """
                      where id in (select max(id) from execution.runs group by pipeline)
                      order by id
                      """)
              .map((row, _) -> summary(row))
              .list();
      counted(handle, runs).forEach(run -> newest.put(run.pipeline(), run));
      return newest;
    });
  }

  /** One run without its tasks. */
  public Optional<RunSummary> summary(long runId) {
    return jdbi.withHandle(handle -> summary(handle, runId));
  }

  /** One run with its tasks and their attempts. */
  public Optional<RunDetail> detail(long runId) {
    return jdbi.withHandle(handle ->
        summary(handle, runId)
            .map(run -> new RunDetail(run, new TaskQueries(handle).ofRun(runId))));
  }

  /** The newest run of a pipeline. */
  public Optional<Long> newestOf(String pipeline) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id from execution.runs where pipeline = :pipeline
                order by id desc limit 1
                """)
            .bind("pipeline", pipeline)
            .mapTo(Long.class)
            .findOne());
  }

  /** The definition that was sealed under a digest, as canonical JSON. */
  public Optional<String> definition(String sha256) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select definition from execution.definitions where sha256 = :sha256")
            .bind("sha256", sha256)
            .mapTo(String.class)
            .findOne());
  }

  /** Who leads now. */
  public Leader leader() {
    return jdbi.withHandle(Leadership::read);
  }

  /**
   * The id of the newest event; rises with every change that the leader makes. 0: there is none.
   */
  public long newestEvent() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select coalesce(max(id), 0) from execution.events")
            .mapTo(Long.class)
            .one());
  }

  /** The runs that have events after that one; the leader alone writes events, in their order. */
  public List<RunSummary> changedSince(long event) {
    return jdbi.withHandle(handle ->
        counted(
            handle,
            handle
                .createQuery(
                    RUNS
                        + """
                        where id in (select run_id from execution.events where id > :event)
                        order by id
                        """)
                .bind("event", event)
                .map((row, _) -> summary(row))
                .list()));
  }

  private static Optional<RunSummary> summary(Handle handle, long runId) {
    var runs =
        handle
            .createQuery(RUNS + "where id = :id")
            .bind("id", runId)
            .map((row, _) -> summary(row))
            .list();
    return counted(handle, runs).stream().findFirst();
  }

  private static List<RunSummary> counted(Handle handle, List<RunSummary> runs) {
    if (runs.isEmpty()) {
      return runs;
    }
    var counts = counts(handle, runs.stream().map(RunSummary::runId).toList());
    return runs.stream()
        .map(run -> run.withTaskCounts(counts.getOrDefault(run.runId(), Map.of())))
        .toList();
  }

  private static Map<Long, Map<TaskStatus, Integer>> counts(Handle handle, Collection<Long> runs) {
    var counts = new HashMap<Long, Map<TaskStatus, Integer>>();
    handle
        .createQuery(
            """
            select run_id, status, count(*) as tasks from execution.tasks
            where run_id in (<runs>) and transformation_id is not null
            group by run_id, status
            """)
        .bindList("runs", List.copyOf(runs))
        .map((row, _) ->
            counts
                .computeIfAbsent(row.getLong("run_id"), _ -> new HashMap<>())
                .put(TaskStatus.valueOf(row.getString("status")), row.getInt("tasks")))
        .list();
    return counts;
  }

  private static RunSummary summary(ResultSet row) throws SQLException {
    var startedAt = Columns.instant(row, "started_at");
    var endedAt = Columns.instant(row, "ended_at");
    return new RunSummary(
        row.getLong("id"),
        row.getString("pipeline"),
        row.getString("client"),
        row.getString("brand"),
        RunStatus.valueOf(row.getString("status")),
        row.getString("trigger_kind"),
        row.getString("requested_by"),
        Columns.requiredInstant(row, "logical_date"),
        row.getInt("rerun_number"),
        Columns.texts(row, "parameters"),
        row.getString("definition_sha256"),
        Columns.requiredInstant(row, "created_at"),
        startedAt,
        endedAt,
        Columns.between(startedAt, endedAt, Columns.requiredInstant(row, "now")),
        Columns.instant(row, "quarantined_at"),
        row.getString("quarantine_cause"),
        Map.of());
  }
}
