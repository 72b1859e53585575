package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.RetryPolicy;
import java.time.Duration;

/**
 * What a leader needs to know beside its collaborators.
 *
 * @param holder unique name of this process among orchestrators
 * @param lease of leadership
 * @param branch and {@code datasetsRoot}: where datasets are written
 * @param tasksAtOnce of the whole orchestrator
 * @param sweepEvery how often effects that were lost or failed are derived again, and live jobs are
 *     looked at if their backend allows it that often
 */
public record LeaderOptions(
    String holder,
    Duration lease,
    RetryPolicy policy,
    String branch,
    String datasetsRoot,
    int tasksAtOnce,
    Duration sweepEvery) {

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

  /** With a sweep every second. */
  public LeaderOptions(
      String holder,
      Duration lease,
      RetryPolicy policy,
      String branch,
      String datasetsRoot,
      int tasksAtOnce) {
    this(holder, lease, policy, branch, datasetsRoot, tasksAtOnce, SWEEP_EVERY);
  }
}
