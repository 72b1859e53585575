package dev.core.common.protocol.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Claims on H2: the statements that the functions of Postgres consist of. */
record H2Claims() implements ClaimStatements {

  @Override
  public @Nullable String claim(
      Handle handle, String token, int partition, String jobId, String claimant) {
    return take(handle, token, partition, jobId, claimant)
        ? handle
            .createQuery("select work_order from execution.attempts where token = :token")
            .bind("token", token)
            .mapTo(String.class)
            .one()
        : null;
  }

  private static boolean take(
      Handle handle, String token, int partition, String jobId, String claimant) {
    return handle
            .createUpdate(
                """
                update execution.claims
                set claimant = :claimant, job_id = :job_id,
                  claimed_at = coalesce(claimed_at, execution.clock()),
                  renewed_at = execution.clock(), version = version + 1, has_news = true
                where token = :token and partition_index = :partition
                  and closed_at is null and finished_at is null
                  and (claimant is null or claimant = :claimant)
                """)
            .bind("token", token)
            .bind("partition", partition)
            .bind("job_id", jobId)
            .bind("claimant", claimant)
            .execute()
        > 0;
  }

  /** The orders are read in one question: a claim apiece is dear enough. */
  @Override
  public List<Optional<String>> claimAll(Handle handle, List<Claiming> claims) {
    var taken =
        claims.stream()
            .map(
                each -> take(handle, each.token(), each.partition(), each.jobId(), each.claimant()))
            .toList();
    var orders = new HashMap<String, String>();
    handle
        .createQuery("select token, work_order from execution.attempts where token = any(:tokens)")
        .bindArray("tokens", String.class, claims.stream().map(Claiming::token).toList())
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(order -> orders.put(order.getKey(), order.getValue()));
    return IntStream.range(0, claims.size())
        .mapToObj(i ->
            taken.get(i)
                ? Optional.ofNullable(orders.get(claims.get(i).token()))
                : Optional.<String>empty())
        .toList();
  }

  @Override
  public List<Boolean> finishAll(Handle handle, List<Finishing> outcomes) {
    return outcomes.stream()
        .map(
            each -> finish(handle, each.token(), each.partition(), each.claimant(), each.outcome()))
        .toList();
  }

  @Override
  public boolean renew(
      Handle handle, String token, int partition, String claimant, @Nullable String progress) {
    return handle
            .createUpdate(
                """
                update execution.claims
                set renewed_at = execution.clock(),
                  version = version
                    + case when progress is not distinct from coalesce(:progress, progress) then 0 else 1 end,
                  has_news = has_news or progress is distinct from coalesce(:progress, progress),
                  progress = coalesce(:progress, progress)
                where token = :token and partition_index = :partition
                  and closed_at is null and finished_at is null and claimant = :claimant
                """)
            .bind("token", token)
            .bind("partition", partition)
            .bind("claimant", claimant)
            .bind("progress", progress)
            .execute()
        > 0;
  }

  @Override
  public boolean finish(
      Handle handle, String token, int partition, String claimant, String outcome) {
    int finished =
        handle
            .createUpdate(
                """
                update execution.claims
                set outcome = :outcome, finished_at = execution.clock(), version = version + 1,
                  has_news = true
                where token = :token and partition_index = :partition
                  and closed_at is null and finished_at is null and claimant = :claimant
                """)
            .bind("token", token)
            .bind("partition", partition)
            .bind("claimant", claimant)
            .bind("outcome", outcome)
            .execute();
    return finished > 0 || finishedBefore(handle, token, partition, claimant);
  }

  @Override
  public boolean finishAndAnnounce(
      Handle handle, String token, int partition, String claimant, String outcome) {
    boolean counts = alone(handle, tx -> finish(tx, token, partition, claimant, outcome));
    if (counts) {
      announce(handle);
    }
    return counts;
  }

  @Override
  public <T extends @Nullable Object> T alone(Handle handle, Function<Handle, T> work) {
    return handle.inTransaction(work::apply);
  }

  private static boolean finishedBefore(
      Handle handle, String token, int partition, String claimant) {
    return handle
        .createQuery(
            """
            select count(*) from execution.claims
            where token = :token and partition_index = :partition
              and finished_at is not null and claimant = :claimant
            """)
        .bind("token", token)
        .bind("partition", partition)
        .bind("claimant", claimant)
        .mapTo(boolean.class)
        .one();
  }

  @Override
  public void announce(Handle handle) {
    LeaderBell.ring(handle);
  }
}
