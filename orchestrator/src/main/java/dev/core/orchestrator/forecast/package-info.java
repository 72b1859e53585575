/**
 * Forecasts of runs: the real rules of {@link dev.core.orchestrator.engine} on a clock that is all
 * virtual, with durations that were seen or are given. Pure: no database, no backend, no wall
 * clock.
 */
@NullMarked
package dev.core.orchestrator.forecast;

import org.jspecify.annotations.NullMarked;
