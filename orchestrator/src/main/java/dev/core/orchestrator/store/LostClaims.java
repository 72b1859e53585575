package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.engine.PartitionStates.Status;
import dev.core.orchestrator.store.RowChanges.LossRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes claims of partitions, as the leader knew them only: where a worker was faster, its word
 * comes first.
 */
final class LostClaims {

  private static final String LOSE_UNCLAIMED =
      """
      update execution.claims
      set closed_at = execution.clock(), failure_class = ?, failure_message = ?
      where attempt_id = ? and partition_index between ? and ?
        and closed_at is null and claimant is null
      """;

  private static final String LOSE_CLAIMED =
      """
      update execution.claims
      set closed_at = execution.clock(), failure_class = ?, failure_message = ?
      where attempt_id = ? and partition_index = ?
        and closed_at is null and finished_at is null and renewed_at <= ?
      """;

  private static final String CLOSE_REST =
      """
      update execution.claims set closed_at = execution.clock()
      where attempt_id = ? and closed_at is null and finished_at is null
      """;

  /** After the closing, when nothing can change any more. */
  private static final String COUNT_CLAIMED =
      """
      select count(*) from execution.claims
      where attempt_id = ? and claimant is not null and finished_at is null
        and failure_class is null
      """;

  private LostClaims() {}

  private record Range(LossRow row, int first, int last) {}

  private record Held(LossRow row, int index, Instant renewedAt) {}

  /** Each for itself; gives the attempts of those that a worker changed meanwhile. */
  static List<Long> close(Connection connection, List<LossRow> losses) throws SQLException {
    var overtaken = new ArrayList<Long>();
    var unclaimed = new ArrayList<Range>();
    var claimed = new ArrayList<Held>();
    for (LossRow row : losses) {
      PartitionStates states = row.states();
      row.loss()
          .indexes()
          .forEachRange((first, last) -> {
            int from = first;
            for (int index = first; index <= last + 1; index++) {
              boolean held = index <= last && states.wasClaimed(index);
              if (held) {
                claimed.add(new Held(row, index, states.renewedAt(index)));
              }
              if (held || index > last) {
                if (from < index) {
                  unclaimed.add(new Range(row, from, index - 1));
                }
                from = index + 1;
              }
            }
          });
    }
    int[] counts =
        BatchStatement.execute(
            connection,
            LOSE_UNCLAIMED,
            unclaimed,
            (values, each) ->
                why(values, each.row())
                    .number(Integer.valueOf(each.first()))
                    .number(Integer.valueOf(each.last())));
    for (int i = 0; i < counts.length; i++) {
      Range range = unclaimed.get(i);
      if (counts[i] != range.last() - range.first() + 1) {
        overtaken.add(range.row().attempt().id());
      }
    }
    counts =
        BatchStatement.execute(
            connection,
            LOSE_CLAIMED,
            claimed,
            (values, each) ->
                why(values, each.row())
                    .number(Integer.valueOf(each.index()))
                    .time(each.renewedAt()));
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        overtaken.add(claimed.get(i).row().attempt().id());
      }
    }
    return overtaken;
  }

  private static RowValues why(RowValues values, LossRow row) throws SQLException {
    var failure = row.loss().failure();
    return values.name(failure.failureClass()).text(failure.message()).number(row.attempt().id());
  }

  /** All that is open of these attempts; gives the ids of those that a worker changed meanwhile. */
  static List<Long> closeRest(Connection connection, List<Attempt> attempts) throws SQLException {
    var overtaken = new ArrayList<Long>();
    int[] counts =
        BatchStatement.execute(
            connection, CLOSE_REST, attempts, (values, attempt) -> values.number(attempt.id()));
    for (int i = 0; i < counts.length; i++) {
      Attempt attempt = attempts.get(i);
      FanOut fan = attempt.fan();
      if (fan != null
          && (counts[i] != fan.size() - fan.states().ended()
              || claimed(connection, attempt) != fan.states().count(Status.CLAIMED))) {
        overtaken.add(attempt.id());
      }
    }
    return overtaken;
  }

  private static int claimed(Connection connection, Attempt attempt) throws SQLException {
    try (var statement = connection.prepareStatement(COUNT_CLAIMED)) {
      statement.setLong(1, attempt.id());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }
}
