package dev.core.common.settings;

import java.util.Optional;

/**
 * What AWS Batch tells the processes of its jobs.
 *
 * @param arrayIndex which child of an array job it is, from 0
 */
public record BatchJob(Optional<String> jobId, Optional<Integer> arrayIndex) {}
