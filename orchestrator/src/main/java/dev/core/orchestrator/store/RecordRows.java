package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.orchestrator.engine.Event;
import java.sql.SQLException;

/** Appends events, commits datasets, answers commands. */
final class RecordRows {

  private static final RowStatement INSERT_EVENT =
      RowStatement.insert(
          "execution.events",
          """
          id bigint, run_id bigint, task_index integer, attempt_number integer, kind text,
          at timestamptz, event text, epoch bigint
          """);

  private static final RowStatement INSERT_DATASET =
      RowStatement.insert(
          "execution.datasets",
          """
          id bigint, branch text, client text, brand text, state text, name text, run_id bigint,
          task_index integer, attempt_number integer, root text, path text, format text,
          files text, row_count bigint, byte_count bigint, committed_at timestamptz
          """);

  private static final RowStatement ANSWER =
      RowStatement.of(
          """
          update execution.commands set status = ?1, answer = ?2, answered_at = ?3
          where id = ?4 and status = 'PENDING'
          """,
          """
          update execution.commands t
          set status = v.status, answer = v.answer, answered_at = v.answered_at
          from $rows where t.id = v.id and t.status = 'PENDING'
          """,
          "status text, answer text, answered_at timestamptz, id bigint");

  private RecordRows() {}

  static void write(Bundle bundle, JournalEntry entry, long epoch) {
    bundle.add(INSERT_EVENT, entry.events(), (row, recorded) -> bind(row, recorded).number(epoch));
    bundle.addExact(
        ANSWER,
        entry.answers(),
        (row, answered) ->
            row.text(answered.answer().refused() ? "REFUSED" : "APPLIED")
                .text(Json.write(answered.answer()))
                .time(entry.now())
                .number(answered.commandId()),
        "commands");
  }

  static void writeDatasets(Bundle bundle, JournalEntry entry) {
    bundle.add(INSERT_DATASET, entry.datasets(), (row, committed) -> bind(row, committed, entry));
  }

  private static RowValues bind(RowValues row, JournalEntry.Recorded recorded) throws SQLException {
    Event event = recorded.event();
    return row.number(recorded.id())
        .number(recorded.runId())
        .number(event instanceof Event.OfTask ofTask ? Integer.valueOf(ofTask.task()) : null)
        .number(
            event instanceof Event.OfAttempt ofAttempt
                ? Integer.valueOf(ofAttempt.attempt())
                : null)
        .text(event.getClass().getSimpleName())
        .time(recorded.at())
        .text(Json.write(event));
  }

  private static void bind(RowValues row, JournalEntry.Committed committed, JournalEntry entry)
      throws SQLException {
    WrittenDataset dataset = committed.dataset();
    row.number(committed.id())
        .text(committed.branch())
        .text(committed.run().header().client())
        .text(committed.run().header().brand())
        .text(dataset.state())
        .text(dataset.dataset())
        .number(committed.run().id())
        .number(committed.task())
        .number(committed.attempt())
        .text(dataset.root())
        .text(dataset.path())
        .text(dataset.format())
        .text(Json.write(dataset.files()))
        .number(dataset.rows())
        .number(dataset.files().stream().mapToLong(WrittenFile::bytes).sum())
        .time(entry.now());
  }
}
