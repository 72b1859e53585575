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
 */
public record LeaderOptions(
    String holder,
    Duration lease,
    RetryPolicy policy,
    String branch,
    String datasetsRoot,
    int tasksAtOnce) {}
