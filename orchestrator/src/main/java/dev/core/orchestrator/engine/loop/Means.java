package dev.core.orchestrator.engine.loop;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the loop takes from the process that it runs in.
 *
 * @param nanos a monotonic clock, such as {@link System#nanoTime}
 * @param random makes tokens, which must not be guessed
 * @param calls runs each remote call on a thread of its own, and bounds how many there are
 */
public record Means(LongSupplier nanos, RandomGenerator random, Executor calls) {}
