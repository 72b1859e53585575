package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Attempt.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The leader's part of claims: it makes them, closes them, and marks what it has read. */
final class ClaimRows {

  private static final RowStatement INSERT =
      RowStatement.insert(
          "execution.claims", "attempt_id bigint, partition_index integer, token text");

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
  private static final RowStatement SEEN =
      RowStatement.of(
          """
          update execution.claims
          set has_news = has_news and version <> ?3, heard = true
          where attempt_id = (
              select c.attempt_id from execution.claims c
              where c.attempt_id = ?1 and c.partition_index = ?2 and c.has_news
                and (c.version = ?3 or not c.heard)
              for update skip locked)
            and partition_index = ?2
          """,
          """
          update execution.claims t
          set has_news = t.has_news and t.version <> seen.version, heard = true
          from (
            select c.attempt_id, c.partition_index, v.version
            from $rows join execution.claims c
              on c.attempt_id = v.attempt_id and c.partition_index = v.partition_index
                and c.has_news and (c.version = v.version or not c.heard)
            for update of c skip locked) seen
          where t.attempt_id = seen.attempt_id and t.partition_index = seen.partition_index
          """,
          "attempt_id bigint, partition_index integer, version integer");

  private ClaimRows() {}

  static void insert(Bundle bundle, List<RowChanges.AttemptRow> attempts) {
    bundle.add(
        INSERT,
        attempts.stream().filter(added -> added.attempt().fan() == null).toList(),
        (row, added) -> row.number(added.attempt().id()).number(0).text(added.attempt().token()));
  }

  /**
   * Closes the claims of these attempts; gives the ids of those that a worker changed meanwhile.
   */
  static List<Long> close(Connection connection, List<Attempt> attempts) throws SQLException {
    List<Attempt> split = attempts.stream().filter(attempt -> attempt.fan() != null).toList();
    List<Long> overtaken = LostClaims.closeRest(connection, split);
    List<Attempt> unclaimed =
        attempts.stream()
            .filter(attempt -> attempt.hold() == null && attempt.fan() == null)
            .toList();
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

  static void seen(Bundle bundle, List<JournalEntry.SeenNews> news) {
    bundle.add(
        SEEN,
        news,
        (row, seen) ->
            row.number(seen.attemptId()).number(seen.partition()).number(seen.version()));
  }
}
