package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.orchestrator.engine.Event;
import java.sql.Connection;
import java.sql.SQLException;

/** Appends events, commits datasets, answers commands. */
final class RecordRows {

  private static final String INSERT_EVENT =
      """
      insert into execution.events (id, run_id, task_index, attempt_number, kind, at, event)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_DATASET =
      """
      insert into execution.datasets (id, branch, client, brand, state, name, run_id, task_index,
        attempt_number, root, path, format, files, row_count, byte_count, committed_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ANSWER =
      """
      update execution.commands set status = ?, answer = ?, answered_at = ?
      where id = ? and status = 'PENDING'
      """;

  private RecordRows() {}

  static void write(Connection connection, JournalEntry entry) throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection, INSERT_EVENT, entry.events(), (row, recorded) -> bind(row, recorded));
    UpdateCounts.require(
        BatchStatement.execute(
            connection,
            ANSWER,
            entry.answers(),
            (row, answered) ->
                row.text(answered.answer().refused() ? "REFUSED" : "APPLIED")
                    .text(Json.write(answered.answer()))
                    .time(entry.now())
                    .number(answered.commandId())),
        "commands");
  }

  static void writeDatasets(Connection connection, JournalEntry entry) throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT_DATASET,
            entry.datasets(),
            (row, committed) -> bind(row, committed, entry));
  }

  private static void bind(BatchStatement row, JournalEntry.Recorded recorded) throws SQLException {
    Event event = recorded.event();
    row.number(recorded.id())
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

  private static void bind(BatchStatement row, JournalEntry.Committed committed, JournalEntry entry)
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
