package dev.core.common.protocol.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Claims through the functions that a role without table rights may call. */
record PostgresClaims() implements ClaimStatements {

  @Override
  public @Nullable String claim(
      Handle handle, String token, int partition, String jobId, String claimant) {
    return handle
        .createQuery("select execution.claim(:token, :partition, :job_id, :claimant)")
        .bind("token", token)
        .bind("partition", partition)
        .bind("job_id", jobId)
        .bind("claimant", claimant)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  @Override
  public boolean renew(
      Handle handle, String token, int partition, String claimant, @Nullable String progress) {
    return handle
        .createQuery(
            "select execution.renew(:token, :partition, :claimant, cast(:progress as text))")
        .bind("token", token)
        .bind("partition", partition)
        .bind("claimant", claimant)
        .bind("progress", progress)
        .mapTo(boolean.class)
        .one();
  }

  @Override
  public boolean finish(
      Handle handle, String token, int partition, String claimant, String outcome) {
    return handle
        .createQuery("select execution.finish(:token, :partition, :claimant, :outcome)")
        .bind("token", token)
        .bind("partition", partition)
        .bind("claimant", claimant)
        .bind("outcome", outcome)
        .mapTo(boolean.class)
        .one();
  }

  @Override
  public boolean finishAndAnnounce(
      Handle handle, String token, int partition, String claimant, String outcome) {
    return NoticedStatement.execute(
            handle,
            "select execution.finish(?, ?, ?, ?)",
            "core_worker_news",
            statement -> {
              statement.setString(1, token);
              statement.setInt(2, partition);
              statement.setString(3, claimant);
              statement.setString(4, outcome);
            },
            row -> row.getBoolean(1))
        .getFirst();
  }

  /** Each is one statement, so the database makes the transaction: that saves a round trip. */
  @Override
  public <T extends @Nullable Object> T alone(Handle handle, Function<Handle, T> work) {
    return work.apply(handle);
  }

  @Override
  public List<Optional<String>> claimAll(Handle handle, List<Claiming> claims) {
    return handle
        .createQuery(
            """
            select execution.claim(c.token, c.partition_index, c.job_id, c.claimant)
            from unnest(:tokens, :partitions, :job_ids, :claimants)
              with ordinality as c (token, partition_index, job_id, claimant, place)
            order by c.place
            """)
        .bindArray("tokens", String.class, claims.stream().map(Claiming::token).toList())
        .bindArray("partitions", Integer.class, claims.stream().map(Claiming::partition).toList())
        .bindArray("job_ids", String.class, claims.stream().map(Claiming::jobId).toList())
        .bindArray("claimants", String.class, claims.stream().map(Claiming::claimant).toList())
        .map((row, _) -> Optional.ofNullable(row.getString(1)))
        .list();
  }

  @Override
  public List<Boolean> finishAll(Handle handle, List<Finishing> outcomes) {
    return handle
        .createQuery(
            """
            select execution.finish(c.token, c.partition_index, c.claimant, c.outcome)
            from unnest(:tokens, :partitions, :claimants, :outcomes)
              with ordinality as c (token, partition_index, claimant, outcome, place)
            order by c.place
            """)
        .bindArray("tokens", String.class, outcomes.stream().map(Finishing::token).toList())
        .bindArray(
            "partitions", Integer.class, outcomes.stream().map(Finishing::partition).toList())
        .bindArray("claimants", String.class, outcomes.stream().map(Finishing::claimant).toList())
        .bindArray("outcomes", String.class, outcomes.stream().map(Finishing::outcome).toList())
        .mapTo(Boolean.class)
        .list();
  }

  @Override
  public void announce(Handle handle) {
    Notice.send(handle, "core_worker_news");
  }
}
