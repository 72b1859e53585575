package dev.core.common.protocol.jdbc;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Claims on H2: the statements that the functions of Postgres consist of. */
record H2Claims() implements ClaimStatements {

  @Override
  public @Nullable String claim(
      Handle handle, String token, int partition, String jobId, String claimant) {
    int claimed =
        handle
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
            .execute();
    return claimed == 0
        ? null
        : handle
            .createQuery("select work_order from execution.attempts where token = :token")
            .bind("token", token)
            .mapTo(String.class)
            .one();
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

  /** H2 has no notices: the leader polls. */
  @Override
  public void announce(Handle handle) {}
}
