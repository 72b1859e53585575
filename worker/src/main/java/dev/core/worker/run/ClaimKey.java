package dev.core.worker.run;

/**
 * What a worker process claims with.
 *
 * @param token of the attempt; a secret
 * @param jobId what the backend calls the job that this process runs in
 * @param claimant random id of this process
 */
public record ClaimKey(String token, int partition, String jobId, String claimant) {

  /** Without the token. */
  @Override
  public String toString() {
    return "job " + jobId + " partition " + partition;
  }
}
