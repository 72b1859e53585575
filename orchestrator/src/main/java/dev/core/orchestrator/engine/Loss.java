package dev.core.orchestrator.engine;

import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of an attempt that will have no outcome: the leader closes their claims, and only
 * theirs.
 *
 * @param indexes within the attempt
 * @param jobId whose end is the evidence; null: their workers gave no sign of life, or took too
 *     long
 */
public record Loss(Partitions indexes, Failure failure, @Nullable String jobId) {}
