package dev.core.common.protocol.jdbc;

import dev.core.common.protocol.LocalJobRequest;
import org.jspecify.annotations.Nullable;

/**
 * A local job that this worker has to run.
 *
 * @param claimant under which it was claimed while it was taken; null for an isolated job, whose
 *     own process claims
 * @param workOrder its text; null if isolated, or if the claim was refused
 */
public record TakenJob(
    long id,
    String token,
    int partition,
    LocalJobRequest request,
    @Nullable String claimant,
    @Nullable String workOrder) {

  /** What the backend calls it, and what stands in its claim. */
  public String jobId() {
    return jobId(id, request);
  }

  static String jobId(long id, LocalJobRequest request) {
    return request.jobId() == null ? String.valueOf(id) : request.jobId();
  }

  TakenJob with(@Nullable String order) {
    return new TakenJob(id, token, partition, request, claimant, order);
  }

  /** Whether somebody else holds the attempt, or it was closed: it must not be run. */
  public boolean refused() {
    return claimant != null && workOrder == null;
  }
}
