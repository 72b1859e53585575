package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The leader's part of claims: it makes them, closes them, and marks what it has read. */
final class ClaimRows {

  private static final String INSERT =
      "insert into execution.claims (attempt_id, partition_index, token) values (?, 0, ?)";

  /**
   * Closes a claim only as the leader knew it: unclaimed, or held and not renewed since. Otherwise
   * a worker was faster, and its word comes first.
   */
  private static final String CLOSE_UNCLAIMED =
      """
      update execution.claims set closed_at = execution.clock()
      where attempt_id = ? and closed_at is null and claimant is null
      """;

  private static final String CLOSE_CLAIMED =
      """
      update execution.claims set closed_at = execution.clock()
      where attempt_id = ? and closed_at is null and finished_at is null and renewed_at <= ?
      """;

  /**
   * Never waits: a worker that holds the row is about to raise its version, so that it stays news
   * anyway; and a worker that reports several attempts at once could wait for this in turn.
   */
  private static final String SEEN =
      """
      update execution.claims set has_news = false
      where attempt_id = (
          select c.attempt_id from execution.claims c
          where c.attempt_id = ? and c.partition_index = ? and c.version = ?
          for update skip locked)
        and partition_index = ?
      """;

  private ClaimRows() {}

  static void insert(Connection connection, List<RowChanges.AttemptRow> attempts)
      throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection,
            INSERT,
            attempts,
            (row, added) -> row.number(added.attempt().id()).text(added.attempt().token()));
  }

  /**
   * Closes the claims of these attempts; gives the ids of those that a worker changed meanwhile.
   */
  static List<Long> close(Connection connection, List<Attempt> attempts) throws SQLException {
    var overtaken = new ArrayList<Long>();
    List<Attempt> unclaimed = attempts.stream().filter(attempt -> attempt.hold() == null).toList();
    collect(
        unclaimed,
        BatchStatement.execute(
            connection, CLOSE_UNCLAIMED, unclaimed, (row, attempt) -> row.number(attempt.id())),
        overtaken);
    record Held(Attempt attempt, Hold hold) {}
    var held = new ArrayList<Held>();
    for (Attempt attempt : attempts) {
      Hold hold = attempt.hold();
      if (hold != null) {
        held.add(new Held(attempt, hold));
      }
    }
    collect(
        held.stream().map(Held::attempt).toList(),
        BatchStatement.execute(
            connection,
            CLOSE_CLAIMED,
            held,
            (row, each) -> row.number(each.attempt().id()).time(each.hold().renewedAt())),
        overtaken);
    return overtaken;
  }

  private static void collect(List<Attempt> attempts, int[] counts, List<Long> overtaken) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        overtaken.add(attempts.get(i).id());
      }
    }
  }

  static void seen(Connection connection, List<JournalEntry.SeenNews> news) throws SQLException {
    int[] _ =
        BatchStatement.execute(
            connection,
            SEEN,
            news,
            (row, seen) ->
                row.number(seen.attemptId())
                    .number(seen.partition())
                    .number(seen.version())
                    .number(seen.partition()));
  }
}
