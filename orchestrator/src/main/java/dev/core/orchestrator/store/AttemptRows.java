package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Hold;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.store.RowChanges.AttemptRow;
import dev.core.orchestrator.store.RowChanges.JobRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;

/** Writes attempts, their jobs, and what they read. */
final class AttemptRows {

  private static final String INSERT_ATTEMPT =
      """
      insert into execution.attempts (status, asked_at, claimed_at, closed_at, close_reason,
        ended_at, failure_class, failure_message, id, run_id, task_index, number, token, job_name,
        mode, queue, definition_revision, work_order, intended_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE_ATTEMPT =
      """
      update execution.attempts
      set status = ?, asked_at = ?, claimed_at = ?, closed_at = ?, close_reason = ?, ended_at = ?,
        failure_class = ?, failure_message = ?
      where id = ?
      """;

  private static final String INSERT_JOB =
      """
      insert into execution.jobs (status, seen_at, terminate_asked_at, ended_at, exit_code, reason,
        attempt_id, job_id, submitted_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE_JOB =
      """
      update execution.jobs
      set status = ?, seen_at = ?, terminate_asked_at = ?, ended_at = ?, exit_code = ?, reason = ?
      where attempt_id = ? and job_id = ?
      """;

  private static final String INSERT_READ =
      "insert into execution.dataset_reads (attempt_id, dataset_id) values (?, ?)";

  private AttemptRows() {}

  static void write(Connection connection, JournalEntry entry, RowChanges rows)
      throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT_ATTEMPT,
            rows.newAttempts,
            (row, added) ->
                bindNew(row, added, Objects.requireNonNull(sealed(entry, added.attempt()))));
    UpdateCounts.require(
        BatchStatement.execute(
            connection,
            UPDATE_ATTEMPT,
            rows.changedAttempts,
            (row, changed) -> bind(row, changed.attempt()).number(changed.attempt().id())),
        "attempts");
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT_JOB,
            rows.newJobs,
            (row, added) -> bind(row, added, entry.now()).time(added.job().submittedAt()));
    UpdateCounts.require(
        BatchStatement.execute(
            connection, UPDATE_JOB, rows.changedJobs, (row, job) -> bind(row, job, entry.now())),
        "jobs");
    insertReads(connection, entry, rows);
  }

  private static JournalEntry.Sealed sealed(JournalEntry entry, Attempt attempt) {
    var sealed = entry.orders().get(attempt.id());
    if (sealed == null) {
      throw new IllegalStateException("attempt " + attempt.id() + " has no work order");
    }
    return sealed;
  }

  private static void insertReads(Connection connection, JournalEntry entry, RowChanges rows)
      throws SQLException {
    record Read(long attemptId, long datasetId) {}
    var reads = new ArrayList<Read>();
    for (AttemptRow added : rows.newAttempts) {
      sealed(entry, added.attempt()).order().inputs().values().stream()
          .map(WorkOrder.Input::datasetId)
          .distinct()
          .forEach(dataset -> reads.add(new Read(added.attempt().id(), dataset)));
    }
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT_READ,
            reads,
            (row, read) -> row.number(read.attemptId()).number(read.datasetId()));
  }

  private static void bindNew(BatchStatement row, AttemptRow added, JournalEntry.Sealed sealed)
      throws SQLException {
    Attempt attempt = added.attempt();
    bind(row, attempt)
        .number(attempt.id())
        .number(added.runId())
        .number(added.task())
        .number(attempt.number())
        .text(attempt.token())
        .text(attempt.jobName())
        .text(sealed.mode())
        .text(attempt.queue())
        .text(attempt.definitionRevision())
        .text(Json.write(sealed.order()))
        .time(attempt.intendedAt());
  }

  private static BatchStatement bind(BatchStatement row, Attempt attempt) throws SQLException {
    Hold hold = attempt.hold();
    Failure failure = attempt.failure();
    return row.name(attempt.status())
        .time(attempt.askedAt())
        .time(hold == null ? null : hold.claimedAt())
        .time(attempt.closedAt())
        .text(attempt.closeReason())
        .time(attempt.endedAt())
        .name(failure == null ? null : failure.failureClass())
        .text(failure == null ? null : failure.message());
  }

  private static BatchStatement bind(BatchStatement row, JobRow changed, Instant now)
      throws SQLException {
    Job job = changed.job();
    return row.name(job.status())
        .time(now)
        .time(job.terminateAskedAt())
        .time(job.endedAt())
        .number(job.exitCode())
        .text(job.reason())
        .number(changed.attemptId())
        .text(job.jobId());
  }
}
