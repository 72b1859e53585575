package dev.core.common.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The three things a worker may do in the database; each is one transaction of one statement. On
 * Postgres they are functions, so that the role needs no table rights. A lost connection throws;
 * every call bears being repeated with the same arguments.
 */
public interface WorkerProtocol {

  /**
   * Takes an exclusive hold on a partition of an attempt. The same claimant may repeat it; anybody
   * else is refused, and so is everybody once the claim is closed or finished.
   *
   * @param token of the attempt
   * @param partition from 0
   * @param jobId what the backend calls the job that this process runs in
   * @param claimant random id of this process
   * @return the work order, or null if refused
   */
  @Nullable WorkOrder claim(String token, int partition, String jobId, String claimant);

  /**
   * Renews the lease, with a short text of progress for people (null leaves the last one).
   *
   * @return false if the claim is not this claimant's any more, or was closed: stop working
   */
  boolean renew(String token, int partition, String claimant, @Nullable String progress);

  /**
   * Writes the outcome. Repeating it by the same claimant changes nothing and gives true.
   *
   * @return false if the claim is not this claimant's any more, or was closed: it does not count
   */
  boolean finish(String token, int partition, String claimant, Outcome outcome);
}
