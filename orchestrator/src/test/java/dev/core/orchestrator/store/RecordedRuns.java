package dev.core.orchestrator.store;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import dev.core.common.json.Json;
import dev.core.common.protocol.WorkOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes runs as a leader would have recorded them, without an engine. */
public final class RecordedRuns {

  public static final Instant START = Instant.parse("2026-11-22T06:00:00Z");

  private static final Resources RESOURCES =
      new Resources(BigDecimal.ONE, 128, 600, 2, 0, null, null);

  private final Jdbi jdbi;

  public RecordedRuns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A run of two waves: one task succeeded and left a dataset; one failed at its second attempt.
   */
  public void failedRun(long id, String pipeline) {
    jdbi.useTransaction(handle -> {
      definition(
          handle,
          "a".repeat(64),
          pipeline(pipeline, 0, state("raw", 0, "shell"), state("ingest", 1, "sql")));
      run(handle, id, pipeline, "FAILED", "a".repeat(64));
      task(handle, id, 0, "raw_group_step_0", "SPACER", 0, "SUCCEEDED");
      task(handle, id, 1, pipeline + "_raw_shell_1", "TRANSFORMATION", 0, "SUCCEEDED");
      task(handle, id, 2, "ingest_group_step_1", "SPACER", 1, "SUCCEEDED");
      task(handle, id, 3, pipeline + "_ingest_sql_2", "TRANSFORMATION", 1, "FAILED");
      attempt(handle, id * 100 + 1, id, 1, 1, "SUCCEEDED", null);
      workOrder(handle, id, pipeline);
      attempt(handle, id * 100 + 2, id, 3, 1, "FAILED", "no such column\nline 2");
      attempt(handle, id * 100 + 3, id, 3, 2, "FAILED", "no such column");
      handle.execute(
          "update execution.tasks set result = ? where run_id = ? and task_index = 1",
          "{\"rows\":" + id + "}",
          id);
      handle.execute(
          "update execution.tasks set failure_class = 'USER', failure_message = 'no such column'"
              + " where run_id = ? and task_index = 3",
          id);
    });
  }

  /**
   * A run of one wave that succeeded.
   *
   * @param seconds what each task took, by its key, a second after its attempt was intended
   */
  public void succeededRun(long id, String pipeline, Map<String, Integer> seconds) {
    jdbi.useTransaction(handle -> {
      definition(handle, "c".repeat(64), "{\"name\":\"" + pipeline + "\"}");
      run(handle, id, pipeline, "SUCCEEDED", "c".repeat(64));
      int index = 0;
      for (var each : new TreeMap<>(seconds).entrySet()) {
        index++;
        task(handle, id, index, each.getKey(), "TRANSFORMATION", 0, "SUCCEEDED");
        attempt(handle, id * 1_000 + index, id, index, 1, "SUCCEEDED", null);
        handle.execute(
            """
            update execution.attempts set intended_at = ?, claimed_at = ?, ended_at = ?
            where id = ?
            """,
            START.atOffset(ZoneOffset.UTC),
            START.plusSeconds(1).atOffset(ZoneOffset.UTC),
            START.plusSeconds(1 + each.getValue()).atOffset(ZoneOffset.UTC),
            id * 1_000 + index);
      }
    });
  }

  /** A run whose only task runs now. */
  public void runningRun(long id, String pipeline) {
    jdbi.useTransaction(handle -> {
      definition(handle, "b".repeat(64), pipeline(pipeline, 5, state("raw", 0, "shell")));
      run(handle, id, pipeline, "RUNNING", "b".repeat(64));
      task(handle, id, 0, "raw_group_step_0", "SPACER", 0, "SUCCEEDED");
      task(handle, id, 1, pipeline + "_raw_shell_1", "TRANSFORMATION", 0, "RUNNING");
      attempt(handle, id * 100 + 1, id, 1, 1, "CLAIMED", null);
    });
  }

  /** A committed dataset of the first task of a run. */
  public void dataset(long id, long runId, String name, String root, String path) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            insert into execution.datasets (id, branch, client, brand, state, name, run_id,
              task_index, attempt_number, root, path, format, files, row_count, byte_count,
              committed_at)
            values (?, 'main', 'acme', 'shop', 'raw', ?, ?, 1, 1, ?, ?, 'csv',
              '[{"path":"data.csv","bytes":12,"rows":2}]', 2, 12, ?)
            """,
            id,
            name,
            runId,
            root,
            path,
            START.atOffset(ZoneOffset.UTC)));
  }

  private static String pipeline(String name, int priority, StateDefinition... states) {
    return new PipelineDefinition(
            name,
            "acme",
            "shop",
            null,
            "etl",
            null,
            null,
            "UTC",
            null,
            false,
            OverlapPolicy.QUEUE,
            1,
            priority,
            null,
            List.of(),
            List.of(states))
        .canonicalJson();
  }

  /** A state with one transformation, whose id is its order counted from 1. */
  private static StateDefinition state(String name, int order, String template) {
    return new StateDefinition(
        name,
        order,
        List.of(new TransformationDefinition(order + 1, template, 0, Map.of(), RESOURCES)));
  }

  private static void definition(Handle handle, String sha256, String definition) {
    var known =
        handle
            .select("select count(*) from execution.definitions where sha256 = ?", sha256)
            .mapTo(Integer.class)
            .one();
    if (known == 0) {
      handle.execute(
          "insert into execution.definitions (sha256, definition, created_at) values (?, ?, ?)",
          sha256,
          definition,
          START.atOffset(ZoneOffset.UTC));
    }
  }

  private static void run(Handle handle, long id, String pipeline, String status, String sha256) {
    var ended = status.equals("RUNNING") ? null : START.plusSeconds(90).atOffset(ZoneOffset.UTC);
    handle.execute(
        """
        insert into execution.runs (id, pipeline, client, brand, definition_sha256, status,
          trigger_kind, requested_by, logical_date, rerun_number, parameters, priority, created_at,
          started_at, ended_at)
        values (?, ?, 'acme', 'shop', ?, ?, 'manual', 'ada', ?, 0, ?, 0, ?, ?, ?)
        """,
        id,
        pipeline,
        sha256,
        status,
        START.plusSeconds(id).atOffset(ZoneOffset.UTC),
        "{\"year\":\"" + (2000 + id) + "\"}",
        START.atOffset(ZoneOffset.UTC),
        START.atOffset(ZoneOffset.UTC),
        ended);
    handle.execute(
        "insert into execution.events (id, run_id, kind, at, event) values (?, ?, 'x', ?, '{}')",
        id,
        id,
        START.atOffset(ZoneOffset.UTC));
  }

  private static void task(
      Handle handle, long run, int index, String key, String kind, int wave, String status) {
    var work = kind.equals("TRANSFORMATION");
    var start = START.plusSeconds(wave * 10L).atOffset(ZoneOffset.UTC);
    handle.execute(
        """
        insert into execution.tasks (run_id, task_index, task_key, kind, state, wave, template,
          transformation_id, status, status_since, attempts, user_failures,
          infrastructure_failures, started_at, ended_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, ?, ?)
        """,
        run,
        index,
        key,
        kind,
        wave == 0 ? "raw" : "ingest",
        wave,
        work ? "shell" : null,
        work ? (long) index : null,
        status,
        start,
        start,
        status.equals("RUNNING") ? null : start.plusSeconds(5));
  }

  /** Of the attempt that succeeded. */
  private static void workOrder(Handle handle, long id, String pipeline) {
    var order =
        new WorkOrder(
            id,
            pipeline,
            "acme",
            "shop",
            "main",
            pipeline + "_raw_shell_1",
            1,
            "raw",
            "shell",
            Map.of(),
            Map.of("year", String.valueOf(2000 + id)),
            START.plusSeconds(id),
            Map.of(),
            Map.of(),
            "/nowhere",
            1,
            RESOURCES,
            null);
    handle.execute(
        "update execution.attempts set work_order = ? where id = ?",
        Json.write(order),
        id * 100 + 1);
  }

  private static void attempt(
      Handle handle, long id, long run, int task, int number, String status, String failure) {
    var at = START.plusSeconds(number).atOffset(ZoneOffset.UTC);
    handle.execute(
        """
        insert into execution.attempts (id, run_id, task_index, number, token, job_name, mode,
          queue, definition_revision, work_order, status, intended_at, claimed_at, ended_at,
          failure_class, failure_message)
        values (?, ?, ?, ?, ?, ?, 'local', 'q', 'r', '{}', ?, ?, ?, ?, ?, ?)
        """,
        id,
        run,
        task,
        number,
        "token" + id,
        "job" + id,
        status,
        at,
        at,
        status.equals("CLAIMED") ? null : at.plusSeconds(4),
        failure == null ? null : "USER",
        failure);
    handle.execute(
        """
        insert into execution.claims (attempt_id, partition_index, token, claimant, job_id,
          claimed_at, renewed_at, progress)
        values (?, 0, ?, 'c', ?, ?, ?, '3 of 7 files')
        """,
        id,
        "token" + id,
        "job-" + id,
        at,
        at);
  }
}
