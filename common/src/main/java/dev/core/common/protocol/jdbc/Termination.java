package dev.core.common.protocol.jdbc;

/** The wish that a running local job end. */
public record Termination(long jobId, String reason) {}
