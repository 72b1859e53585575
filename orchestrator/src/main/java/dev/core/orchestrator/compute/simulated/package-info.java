/**
 * Simulated mode: jobs are entries on a virtual clock in this process. Nothing is executed; the
 * claims and outcomes are real, so that everything above the backend works as it does for real
 * jobs. Without {@link dev.core.orchestrator.compute.simulated.PacedBackend} there is no thread, no
 * clock and no order but the one that a driver and a seed give.
 */
@NullMarked
package dev.core.orchestrator.compute.simulated;

import org.jspecify.annotations.NullMarked;
