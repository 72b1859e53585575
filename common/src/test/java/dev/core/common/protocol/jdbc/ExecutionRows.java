package dev.core.common.protocol.jdbc;

import dev.core.common.definition.Resources;
import dev.core.common.json.Json;
import dev.core.common.protocol.LocalJobRequest;
import dev.core.common.protocol.WorkOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Rows of the execution record as a leader would leave them, for tests of workers. */
public final class ExecutionRows {

  private final Jdbi jdbi;

  public ExecutionRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** An order for one attempt at a transformation of that template. */
  public static WorkOrder order(String template, Map<String, WorkOrder.Variable> variables) {
    return order(template, variables, 3600);
  }

  public static WorkOrder order(
      String template, Map<String, WorkOrder.Variable> variables, int timeoutSeconds) {
    return new WorkOrder(
        1,
        "sales",
        "acme",
        "north",
        "main",
        "sales_raw_" + template + "_1",
        1,
        "raw",
        template,
        variables,
        Map.of(),
        Instant.parse("2026-01-01T00:00:00Z"),
        Map.of(),
        Map.of(),
        "/tmp/datasets",
        1,
        new Resources(BigDecimal.ONE, 512, timeoutSeconds, 2, 300, null, null),
        null);
  }

  /** A run, a task, and an attempt with that number as its id and an open claim. */
  public void attempt(long id, String token, String workOrder) {
    attempt(id, token, workOrder, 1);
  }

  /** The same with so many claims. */
  public void attempt(long id, String token, String workOrder, int claims) {
    jdbi.useTransaction(tx -> {
      tx.execute(
          """
          insert into execution.definitions (sha256, definition, created_at)
          values (?, '{}', execution.clock()) on conflict do nothing
          """,
          "0".repeat(64));
      tx.execute(
          """
          insert into execution.runs (id, pipeline, client, brand, definition_sha256, status,
            trigger_kind, requested_by, logical_date, rerun_number, parameters, priority, created_at)
          values (?, 'sales', 'acme', 'north', ?, 'RUNNING', 'manual', 'test',
            execution.clock(), ?, '{}', 0, execution.clock())
          """,
          id,
          "0".repeat(64),
          (int) id);
      tx.execute(
          """
          insert into execution.tasks (run_id, task_index, task_key, kind, state, wave, status,
            status_since, attempts, user_failures, infrastructure_failures)
          values (?, 0, 'task', 'TRANSFORMATION', 'raw', 0, 'SUBMITTED', execution.clock(), 1, 0, 0)
          """,
          id);
      tx.execute(
          """
          insert into execution.attempts (id, run_id, task_index, number, token, job_name, mode,
            queue, definition_revision, work_order, status, intended_at)
          values (?, ?, 0, 1, ?, ?, 'local', 'local', 'local', ?, 'SUBMITTED', execution.clock())
          """,
          id,
          id,
          token,
          "job-" + token,
          workOrder);
      for (int index = 0; index < claims; index++) {
        tx.execute(
            "insert into execution.claims (attempt_id, partition_index, token) values (?, ?, ?)",
            id,
            index,
            token);
      }
    });
  }

  /** The leader closes the claim of an attempt. */
  public void close(long attemptId) {
    jdbi.useHandle(handle ->
        handle.execute(
            "update execution.claims set closed_at = execution.clock() where attempt_id = ?",
            attemptId));
  }

  /** A queued local job; gives its id. */
  public long job(String host, String token, LocalJobRequest request) {
    return job(host, token, Json.write(request));
  }

  public long job(String host, String token, String request) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                insert into execution.local_jobs (name, host, token, request)
                values (:name, :host, :token, :request)
                """)
            .bind("name", "job-" + token)
            .bind("host", host)
            .bind("token", token)
            .bind("request", request)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(long.class)
            .one());
  }

  /** A request for a resident job, or an isolated one. */
  public static LocalJobRequest request(boolean isolated, @Nullable String logFile) {
    return new LocalJobRequest(isolated, 512, 3600, Map.of("run", "1", "task", "task"), logFile);
  }

  public Claim claim(long attemptId) {
    return claim(attemptId, 0);
  }

  public Claim claim(long attemptId, int index) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select claimant, job_id, progress, outcome, version, has_news,
                  claimed_at is not null as claimed, finished_at is not null as finished
                from execution.claims where attempt_id = :id and partition_index = :index
                """)
            .bind("id", attemptId)
            .bind("index", index)
            .mapTo(Claim.class)
            .one());
  }

  public Job job(long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, status, worker_id, exit_code, reason
                from execution.local_jobs where id = :id
                """)
            .bind("id", id)
            .mapTo(Job.class)
            .one());
  }

  /** How many workers of a host beat and have not stopped. */
  public List<String> workers() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select id from execution.local_workers where stopped_at is null")
            .mapTo(String.class)
            .list());
  }

  /** A row of claims, as far as tests look. */
  public record Claim(
      @Nullable String claimant,
      @Nullable String jobId,
      @Nullable String progress,
      @Nullable String outcome,
      int version,
      boolean hasNews,
      boolean claimed,
      boolean finished) {}

  /** A row of local_jobs, as far as tests look. */
  public record Job(
      long id,
      String status,
      @Nullable String workerId,
      @Nullable Integer exitCode,
      @Nullable String reason) {}
}
