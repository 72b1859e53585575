package dev.core.common.protocol.jdbc;

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
  public void announce(Handle handle) {
    Notice.send(handle, "core_worker_news");
  }
}
