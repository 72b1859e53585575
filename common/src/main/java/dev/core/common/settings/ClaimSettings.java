package dev.core.common.settings;

import java.time.Duration;

/**
 * The lease by which a worker holds an attempt; {@code renew < stop < lease}.
 *
 * @param renew how often the worker renews
 * @param stop without a renewal for so long, the worker stops itself
 * @param lease without a renewal for so long, the leader takes the attempt for lost
 */
public record ClaimSettings(Duration renew, Duration stop, Duration lease) {}
