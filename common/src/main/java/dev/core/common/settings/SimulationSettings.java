package dev.core.common.settings;

import java.time.Duration;

/**
 * What becomes of jobs in simulated mode.
 *
 * @param speed seconds of a simulated job that pass in a real one
 * @param median half of the attempts take longer
 * @param failurePercent how many of a hundred attempts fail
 * @param seed decides durations and failures
 */
public record SimulationSettings(int speed, Duration median, int failurePercent, long seed) {}
