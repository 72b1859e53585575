package dev.core.worker.run;

import dev.core.common.database.TransientFailure;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole life of one attempt in a process of its own: claim, work, renewals, outcome. Survives a
 * database that is away: for a while before the claim, until the lease is over during the work, and
 * until the time-out (and no less than a lease) after it. For one use.
 */
public final class SingleRun {

  private static final Logger LOGGER = LoggerFactory.getLogger(SingleRun.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final WorkerProtocol protocol;
  private final AttemptWork work;
  private final ClaimSettings settings;
  private final ClaimKey key;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final AtomicReference<@Nullable Attempt> running = new AtomicReference<>();
  private final AtomicReference<Stop.@Nullable Asked> asked = new AtomicReference<>();

  public SingleRun(
      WorkerProtocol protocol,
      AttemptWork work,
      ClaimSettings settings,
      ClaimKey key,
      LongSupplier nanos,
      RandomGenerator random) {
    this.protocol = protocol;
    this.work = work;
    this.settings = settings;
    this.key = key;
    this.nanos = nanos;
    this.random = random;
  }

  /** Runs it to its end; what the process should exit with. */
  public WorkerExit run() throws InterruptedException {
    long began = nanos.getAsLong();
    WorkOrder order;
    try {
      order = claim(began);
    } catch (Json.MalformedJson e) {
      return finish(
          Outcome.failure(
              FailureClass.CONFIGURATION, "its work order cannot be read: " + e.getMessage()),
          began + settings.lease().toNanos());
    }
    if (order == null) {
      LOGGER.warn("claim refused: somebody else holds the attempt, or it was closed ({})", key);
      return WorkerExit.CLAIM_REFUSED;
    }
    var lease = new Lease(settings, nanos, began);
    var attempt =
        new Attempt(order, key.partition(), work, nanos, Map.of("job", key.jobId())).start();
    running.set(attempt);
    var stop = asked.get();
    if (stop != null) {
      attempt.stop(stop);
    }
    var outcome = awaited(attempt, lease);
    return finish(
        outcome, Math.max(attempt.deadline(), nanos.getAsLong() + settings.lease().toNanos()));
  }

  /** Interrupts the work, now or as soon as it has begun; from any thread. */
  public void askToStop(String reason) {
    asked.set(new Stop.Asked(reason));
    var attempt = running.get();
    if (attempt != null) {
      attempt.stop(new Stop.Asked(reason));
    }
  }

  private @Nullable WorkOrder claim(long began) throws InterruptedException {
    var backoff = new Backoff(random);
    while (true) {
      try {
        return protocol.claim(key.token(), key.partition(), key.jobId(), key.claimant());
      } catch (Json.MalformedJson e) {
        throw e;
      } catch (RuntimeException e) {
        boolean inTime = nanos.getAsLong() - began < settings.lease().toNanos();
        if (!inTime || TransientFailure.of(e).isEmpty() || asked.get() != null) {
          throw e;
        }
        LOGGER.warn("cannot claim yet, trying again: {}", Reason.of(e));
        Thread.sleep(backoff.next());
      }
    }
  }

  private Outcome awaited(Attempt attempt, Lease lease) throws InterruptedException {
    var renewals = new Renewals(protocol, key, attempt, lease, nanos, random);
    var thread = Thread.ofPlatform().name("renewals").daemon().start(renewals);
    try {
      while (true) {
        try {
          return attempt.ended().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          attempt.watch();
          if (lease.isOver()) {
            attempt.stop(lease.over());
          }
        } catch (ExecutionException e) {
          throw new IllegalStateException("an attempt always ends with an outcome", e);
        }
      }
    } finally {
      thread.interrupt();
    }
  }

  private WorkerExit finish(Outcome outcome, long until) throws InterruptedException {
    var backoff = new Backoff(random);
    while (true) {
      try {
        if (!protocol.finish(key.token(), key.partition(), key.claimant(), outcome)) {
          LOGGER.warn("the claim was closed while it ran: the outcome does not count ({})", key);
          return WorkerExit.CLAIM_LOST;
        }
        var failure = outcome.failure();
        return failure == null ? WorkerExit.SUCCEEDED : WorkerExit.of(failure.failureClass());
      } catch (RuntimeException e) {
        if (nanos.getAsLong() - until > 0) {
          throw e;
        }
        LOGGER.warn("cannot write the outcome yet, trying again: {}", Reason.of(e));
        Thread.sleep(backoff.next());
      }
    }
  }
}
