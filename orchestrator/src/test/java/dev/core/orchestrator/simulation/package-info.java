/**
 * The deterministic simulator: the real engine and store on a virtual clock, in one thread, with
 * orchestrators, workers, a backend and users as actors. One seed decides the order of concurrent
 * steps, durations and faults; laws are checked after every step. {@code docs/simulation.md} says
 * how it is used.
 */
@NullMarked
package dev.core.orchestrator.simulation;

import org.jspecify.annotations.NullMarked;
