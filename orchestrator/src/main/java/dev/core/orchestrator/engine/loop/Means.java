package dev.core.orchestrator.engine.loop;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the loop takes from the process that it runs in.
 *
 * @param nanos a monotonic clock, such as {@link System#nanoTime}
 * @param random makes tokens, which must not be guessed
 * @param calls runs each remote call on a thread of its own, and bounds how many there are
 * @param submissions the same for calls that submit a job: however slowly they are answered, those
 *     that look at jobs or end them do not wait behind them
 * @param noticePort where processes of this machine ring when there is news, on H2; null: nowhere
 */
public record Means(
    LongSupplier nanos,
    RandomGenerator random,
    Executor calls,
    Executor submissions,
    @Nullable Integer noticePort) {

  /** All calls alike; and nobody rings: it is turned anyway. */
  public Means(LongSupplier nanos, RandomGenerator random, Executor calls) {
    this(nanos, random, calls, calls, null);
  }
}
