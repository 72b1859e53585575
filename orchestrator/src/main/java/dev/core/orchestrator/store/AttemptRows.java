package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Hold;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.store.RowChanges.AttemptRow;
import dev.core.orchestrator.store.RowChanges.JobRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;

/** Writes attempts, their jobs, and what they read. */
final class AttemptRows {

  private static final String CHANGING =
      """
      status text, asked_at timestamptz, claimed_at timestamptz, closed_at timestamptz,
      close_reason text, ended_at timestamptz, failure_class text, failure_message text
      """;

  private static final RowStatement INSERT_ATTEMPT =
      RowStatement.insert(
          "execution.attempts",
          CHANGING
              + """
              , id bigint, run_id bigint, task_index integer, number integer, token text,
              job_name text, mode text, queue text, definition_revision text, work_order text,
              intended_at timestamptz
              """);

  private static final RowStatement UPDATE_ATTEMPT =
      RowStatement.update("execution.attempts", CHANGING, "id bigint");

  private static final String SEEN =
      """
      status text, seen_at timestamptz, terminate_asked_at timestamptz, ended_at timestamptz,
      exit_code integer, reason text
      """;

  private static final RowStatement INSERT_JOB =
      RowStatement.insert(
          "execution.jobs", SEEN + ", attempt_id bigint, job_id text, submitted_at timestamptz");

  private static final RowStatement INSERT_JOB_OF_CHUNK =
      RowStatement.insert(
          "execution.jobs",
          SEEN + ", attempt_id bigint, job_id text, submitted_at timestamptz, chunk integer");

  private static final RowStatement UPDATE_JOB =
      RowStatement.update("execution.jobs", SEEN, "attempt_id bigint, job_id text");

  private static final RowStatement INSERT_READ =
      RowStatement.insert("execution.dataset_reads", "attempt_id bigint, dataset_id bigint");

  private AttemptRows() {}

  static void write(Bundle bundle, JournalEntry entry, RowChanges rows) {
    bundle.add(
        INSERT_ATTEMPT,
        rows.newAttempts,
        (row, added) -> bindNew(row, added, sealed(entry, added.attempt())));
    bundle.addExact(
        UPDATE_ATTEMPT,
        rows.changedAttempts,
        (row, changed) -> bind(row, changed.attempt()).number(changed.attempt().id()),
        "attempts");
    bundle.add(
        INSERT_JOB,
        rows.newJobs.stream().filter(added -> added.job().chunk() == 0).toList(),
        (row, added) -> bind(row, added, entry.now()).time(added.job().submittedAt()));
    bundle.add(
        INSERT_JOB_OF_CHUNK,
        rows.newJobs.stream().filter(added -> added.job().chunk() > 0).toList(),
        (row, added) ->
            bind(row, added, entry.now())
                .time(added.job().submittedAt())
                .number(Integer.valueOf(added.job().chunk())));
    bundle.addExact(
        UPDATE_JOB, rows.changedJobs, (row, job) -> bind(row, job, entry.now()), "jobs");
    insertReads(bundle, entry, rows);
  }

  private static JournalEntry.Sealed sealed(JournalEntry entry, Attempt attempt) {
    var sealed = entry.orders().get(attempt.id());
    if (sealed == null) {
      throw new IllegalStateException("attempt " + attempt.id() + " has no work order");
    }
    return sealed;
  }

  private static void insertReads(Bundle bundle, JournalEntry entry, RowChanges rows) {
    record Read(long attemptId, long datasetId) {}
    var reads = new ArrayList<Read>();
    for (AttemptRow added : rows.newAttempts) {
      sealed(entry, added.attempt()).order().inputs().values().stream()
          .map(WorkOrder.Input::datasetId)
          .distinct()
          .forEach(dataset -> reads.add(new Read(added.attempt().id(), dataset)));
    }
    bundle.add(
        INSERT_READ, reads, (row, read) -> row.number(read.attemptId()).number(read.datasetId()));
  }

  private static void bindNew(RowValues row, AttemptRow added, JournalEntry.Sealed sealed)
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

  private static RowValues bind(RowValues row, Attempt attempt) throws SQLException {
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

  private static RowValues bind(RowValues row, JobRow changed, Instant now) throws SQLException {
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
