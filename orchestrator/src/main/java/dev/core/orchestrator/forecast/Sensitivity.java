package dev.core.orchestrator.forecast;

import java.time.Duration;

/**
 * What one slow task changes.
 *
 * @param takes as forecast
 * @param tenPercent how much later the run ends if only this task works a tenth longer
 * @param twice the same, if it works twice as long; negative where limits make others go earlier
 * @param fails whether twice as long exceeds the task's time-out, so that its attempt would fail
 */
public record Sensitivity(
    String key, Duration takes, Duration tenPercent, Duration twice, boolean fails) {}
