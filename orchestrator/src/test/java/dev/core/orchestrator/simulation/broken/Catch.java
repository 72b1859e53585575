package dev.core.orchestrator.simulation.broken;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a broken engine was found out.
 *
 * @param seeds how many were run
 * @param caughtIn how many of them broke a law
 * @param firstSeed the first that did; 0: none
 * @param violation what it broke
 * @param laws how often each law was broken
 */
record Catch(
    BrokenEngine engine,
    int seeds,
    int caughtIn,
    long firstSeed,
    @Nullable String violation,
    Map<String, Integer> laws) {}
