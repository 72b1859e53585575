package dev.core.worker.run;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.secrets.Masking;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One partition of one attempt at work, in a platform thread of its own: transformations may call
 * native code, which would hold up the carriers of virtual threads. Ends exactly once, with an
 * outcome, however the work ends. Thread-safe.
 */
public final class Attempt {

  private static final Logger LOGGER = LoggerFactory.getLogger(AttemptLogs.LOGGER);

  /** How long work may go on after it was interrupted; then it is left behind. */
  static final Duration GRACE = Duration.ofSeconds(20);

  private final WorkOrder order;
  private final int partition;
  private final AttemptWork work;
  private final LongSupplier nanos;
  private final Map<String, String> fields;
  private final long started;
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable String> progress = new AtomicReference<>();
  private final AtomicReference<@Nullable Stopped> stopped = new AtomicReference<>();
  private final Thread thread;

  private record Stopped(Stop why, long at) {}

  /**
   * Starts it.
   *
   * @param nanos a monotonic clock
   * @param fields of its log lines
   */
  public Attempt(
      WorkOrder order,
      int partition,
      AttemptWork work,
      LongSupplier nanos,
      Map<String, String> fields) {
    this.order = order;
    this.partition = partition;
    this.work = work;
    this.nanos = nanos;
    this.fields = Map.copyOf(fields);
    this.started = nanos.getAsLong();
    this.thread =
        Thread.ofPlatform().name("attempt " + order.taskKey()).daemon().unstarted(this::run);
  }

  public Attempt start() {
    thread.start();
    return this;
  }

  /** Completed with the outcome, never exceptionally. */
  public CompletableFuture<Outcome> ended() {
    return ended;
  }

  /** Interrupts the work; only the first reason counts. */
  public void stop(Stop why) {
    if (stopped.compareAndSet(null, new Stopped(why, nanos.getAsLong()))) {
      thread.interrupt();
    }
  }

  /** The newest word of progress, once. */
  public @Nullable String takeProgress() {
    return progress.getAndSet(null);
  }

  public boolean hasProgress() {
    return progress.get() != null;
  }

  /**
   * To be called from time to time: stops what ran too long, and ends what does not react to being
   * stopped. Its thread goes on then, without effect.
   */
  public void watch() {
    var stop = stopped.get();
    long now = nanos.getAsLong();
    var timeout = timeout();
    if (stop == null && now - started > timeout.toNanos()) {
      stop(new Stop.TimedOut(timeout));
    } else if (stop != null && now - stop.at() > GRACE.toNanos()) {
      end(stop.why().outcome());
    }
  }

  /** When {@link #watch} will find it has run too long, by the monotonic clock. */
  long deadline() {
    return started + timeout().toNanos();
  }

  private Duration timeout() {
    return Duration.ofSeconds(order.resources().timeoutSeconds());
  }

  private void run() {
    fields.forEach(MDC::put);
    Consumer<String> reported = text -> progress.set(Masking.mask(text));
    try {
      LOGGER.info("attempt {} of {} starts", order.attempt(), order.taskKey());
      end(work.perform(order, partition, reported));
    } catch (Throwable thrown) {
      // At the edge of what others wrote: whatever it was, it is the attempt's end, and reported.
      var stop = stopped.get();
      if (Failures.saysEnough(thrown)) {
        LOGGER.debug("attempt {} of {} threw", order.attempt(), order.taskKey(), thrown);
      } else {
        LOGGER.info("attempt {} of {} threw", order.attempt(), order.taskKey(), thrown);
      }
      end(Failures.outcome(thrown, stop == null ? null : stop.why()));
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }

  private void end(Outcome revealing) {
    if (ended.isDone()) {
      return;
    }
    var outcome = masked(revealing);
    var failure = outcome.failure();
    if (failure == null) {
      LOGGER.info("attempt {} of {} succeeded", order.attempt(), order.taskKey());
    } else {
      LOGGER.info(
          "attempt {} of {} failed: {}: {}",
          order.attempt(),
          order.taskKey(),
          failure.failureClass(),
          failure.message());
    }
    ended.complete(outcome);
  }

  /** What is about to be stored: without values of secrets that the transformation was given. */
  private static Outcome masked(Outcome outcome) {
    var failure = outcome.failure();
    var result = outcome.result();
    return new Outcome(
        failure == null
            ? null
            : new Outcome.Failure(failure.failureClass(), Masking.mask(failure.message())),
        result == null ? null : Masking.mask(result),
        outcome.datasets());
  }
}
