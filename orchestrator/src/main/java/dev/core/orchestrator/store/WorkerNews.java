package dev.core.orchestrator.store;

import dev.core.common.database.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads what workers wrote into their claims. News is found by its flag: by ids or times, a
 * transaction that commits late would be missed.
 *
 * @param outcome JSON; null while it is not finished
 * @param version clears the flag, if it is still the newest
 */
public record WorkerNews(
    long attemptId,
    int partition,
    long runId,
    int task,
    int attempt,
    @Nullable String claimant,
    @Nullable String jobId,
    @Nullable Instant claimedAt,
    @Nullable Instant renewedAt,
    @Nullable String progress,
    @Nullable String outcome,
    int version) {

  private static final String COLUMNS =
      """
      select c.attempt_id, c.partition_index, a.run_id, a.task_index, a.number, c.claimant,
        c.job_id, c.claimed_at, c.renewed_at, c.progress, c.outcome, c.version
      """;

  private static final String SELECT =
      COLUMNS + "from execution.claims c join execution.attempts a on a.id = c.attempt_id ";

  /** The most that is read at once; the rest comes with the next look. */
  private static final int LIMIT = 2_000;

  private static final String WITH_NEWS = "where c.has_news order by c.attempt_id limit " + LIMIT;

  /**
   * H2 counts how many values a column has and not how often each, so that a flag looks to it like
   * half of the table or all of it; it would read every attempt that ever was.
   */
  private static final String BY_FLAG =
      """
      from execution.claims c use index (claims_news)
      join execution.attempts a on a.id = c.attempt_id
      """;

  /** Every claim with news. */
  static String newest(Dialect dialect) {
    return switch (dialect) {
      case H2 -> COLUMNS + BY_FLAG + WITH_NEWS;
      case POSTGRES -> SELECT + WITH_NEWS;
    };
  }

  static WorkerNews of(ResultSet row) throws SQLException {
    return new WorkerNews(
        row.getLong("attempt_id"),
        row.getInt("partition_index"),
        row.getLong("run_id"),
        row.getInt("task_index"),
        row.getInt("number"),
        row.getString("claimant"),
        row.getString("job_id"),
        Columns.instant(row, "claimed_at"),
        Columns.instant(row, "renewed_at"),
        row.getString("progress"),
        row.getString("outcome"),
        row.getInt("version"));
  }

  /** The claims of these attempts, whether they have news or not. */
  public static List<WorkerNews> of(Handle handle, Collection<Long> attemptIds) {
    return of(handle, attemptIds, "");
  }

  /** Those of them that a worker has held, and that were not dealt with as finished. */
  public static List<WorkerNews> held(Handle handle, Collection<Long> attemptIds) {
    return of(
        handle, attemptIds, "and c.claimant is not null and (c.finished_at is null or c.has_news)");
  }

  private static List<WorkerNews> of(Handle handle, Collection<Long> attemptIds, String condition) {
    var found = new ArrayList<WorkerNews>();
    var ids = List.copyOf(attemptIds);
    for (int from = 0; from < ids.size(); from += LIMIT) {
      found.addAll(
          handle
              .createQuery(
                  SELECT
                      + "where c.attempt_id in (<ids>) "
                      + condition
                      + " order by c.attempt_id, c.partition_index")
              .bindList("ids", ids.subList(from, Math.min(from + LIMIT, ids.size())))
              .map((row, _) -> of(row))
              .list());
    }
    return found;
  }
}
