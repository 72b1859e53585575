package dev.core.worker.run;

import dev.core.common.protocol.WorkerProtocol;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the claim of one attempt until it is interrupted or the claim is lost: when the lease says
 * so, and a moment after new progress. In a thread of its own, because the database may keep it
 * waiting longer than the lease lasts.
 */
final class Renewals implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Renewals.class);

  /** Progress is for people; more often than this they cannot read. */
  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final WorkerProtocol protocol;
  private final ClaimKey key;
  private final Attempt attempt;
  private final Lease lease;
  private final LongSupplier nanos;
  private final RandomGenerator random;

  Renewals(
      WorkerProtocol protocol,
      ClaimKey key,
      Attempt attempt,
      Lease lease,
      LongSupplier nanos,
      RandomGenerator random) {
    this.protocol = protocol;
    this.key = key;
    this.attempt = attempt;
    this.lease = lease;
    this.nanos = nanos;
    this.random = random;
  }

  @Override
  public void run() {
    var backoff = new Backoff(random);
    long lastTry = nanos.getAsLong() - BETWEEN_PROGRESS.toNanos();
    try {
      while (true) {
        Thread.sleep(LOOK);
        boolean tellsProgress =
            attempt.hasProgress() && nanos.getAsLong() - lastTry > BETWEEN_PROGRESS.toNanos();
        if (!lease.isDue() && !tellsProgress) {
          continue;
        }
        lastTry = nanos.getAsLong();
        if (renewed(lastTry)) {
          backoff.reset();
        } else {
          Thread.sleep(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      // The attempt has ended.
      Thread.currentThread().interrupt();
    }
  }

  private boolean renewed(long asked) {
    var progress = attempt.takeProgress();
    try {
      if (protocol.renew(key.token(), key.partition(), key.claimant(), progress)) {
        lease.renewed(asked);
      } else {
        attempt.stop(new Stop.ClaimLost());
      }
      return true;
    } catch (RuntimeException e) {
      LOGGER.warn("cannot renew the claim, trying again: {}", Reason.of(e));
      return false;
    }
  }
}
