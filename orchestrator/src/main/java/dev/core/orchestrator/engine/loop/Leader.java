package dev.core.orchestrator.engine.loop;

import dev.core.common.bell.Bell;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.store.OrchestratorRows;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands by until nobody leads, then leads, term after term, until it is closed. One thread decides
 * and writes; closing it hands leadership over at once and touches no job.
 */
public final class Leader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);

  private static final Duration STAND_BY = Duration.ofMillis(250);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** How soon a leader that had something to do looks again, when nothing would wake it. */
  private static final Duration BUSY_LOOK = Duration.ofMillis(1);

  private static final Duration LIVE_LOOK = Duration.ofMillis(4);

  /** The same with a bell, which rings for short tasks, but not when another had led before. */
  private static final Duration BELL_LOOK = Duration.ofMillis(20);

  private static final Duration IDLE_LOOK = Duration.ofMillis(50);

  /** With notices, or with a bell and nothing under way, looking is only a safety net. */
  private static final Duration NOTIFIED_LOOK = Duration.ofMillis(200);

  private static final long BUSY_FOR = Duration.ofMillis(200).toNanos();
  private static final int CALLS_AT_ONCE = 16;

  /** Enough for 50 a second, each of which takes a second to be answered. */
  private static final int SUBMISSIONS_AT_ONCE = 64;

  private final LongSupplier nanos;
  private final Candidate candidate;
  private final Presence presence;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
  private final Semaphore submissions = new Semaphore(SUBMISSIONS_AT_ONCE);
  private final Thread loop;
  private final boolean notified;
  private final Duration notifiedLook;
  private final @Nullable Bell bell;
  private long busyUntil;
  private volatile boolean leads;
  private volatile boolean closing;

  private Leader(
      Database database,
      ComputeBackend backend,
      StartCheck check,
      LeaderOptions options,
      LongSupplier nanos) {
    this.nanos = nanos;
    this.busyUntil = nanos.getAsLong();
    this.notified = database.dialect() == Dialect.POSTGRES;
    this.notifiedLook = Collections.min(List.of(NOTIFIED_LOOK, options.sweepEvery()));
    this.bell = notified ? null : Bell.hang(this::wake).orElse(null);
    var port = bell == null ? null : Integer.valueOf(bell.port());
    this.candidate =
        new Candidate(
            database,
            backend,
            check,
            options,
            new Means(
                nanos,
                new SecureRandom(),
                call -> call(calls, call),
                call -> call(submissions, call),
                port));
    this.presence =
        new Presence(
            new OrchestratorRows(database.jdbi()), options.holder(), nanos, threads::execute);
    this.loop = Thread.ofPlatform().name("leader").unstarted(this::run);
  }

  /**
   * Starts standing by.
   *
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  public static Leader start(
      Database database,
      ComputeBackend backend,
      StartCheck check,
      LeaderOptions options,
      LongSupplier nanos) {
    var leader = new Leader(database, backend, check, options, nanos);
    leader.loop.start();
    if (leader.notified) {
      leader.threads.execute(new NoticeListener(database, leader.candidate.inbox()));
    }
    return leader;
  }

  private void wake() {
    candidate.inbox().wake();
  }

  private void run() {
    Duration patience = Duration.ZERO;
    while (!closing) {
      try {
        presence.turn();
        candidate.turn(await(patience));
        leads = candidate.leads();
        patience = candidate.term().map(this::patience).orElse(STAND_BY);
      } catch (InterruptedException _) {
        // Only close() interrupts, and has set the flag that ends this loop.
        LOG.debug("woken to close");
      } catch (RuntimeException e) {
        leads = false;
        if (!closing) {
          LOG.warn("this term is over: {}", e.getMessage(), e);
          patience = AFTER_FAILURE;
        }
      }
    }
    handOver();
  }

  /** Who stands by is not woken by news, which is not for it. */
  private List<Input.FromBackend> await(Duration patience) throws InterruptedException {
    if (candidate.leads()) {
      return candidate.inbox().await(patience);
    }
    Thread.sleep(patience);
    return candidate.inbox().drain();
  }

  private void handOver() {
    leads = false;
    try (presence) {
      candidate.close();
    } catch (RuntimeException e) {
      LOG.warn("leadership cannot be handed over; its lease runs out: {}", e.getMessage());
    }
  }

  /** Whether it leads, as of its last step; it may have been overtaken since. */
  public boolean leads() {
    return leads;
  }

  private Duration patience(Term term) {
    if (term.busy()) {
      busyUntil = nanos.getAsLong() + BUSY_FOR;
    }
    if (notified) {
      return term.nextTimer()
          .filter(next -> next.compareTo(notifiedLook) < 0)
          .map(next -> next.isNegative() ? Duration.ZERO : next)
          .orElse(notifiedLook);
    }
    if (!term.hasLiveTasks() && busyUntil - nanos.getAsLong() < 0) {
      return bell == null ? IDLE_LOOK : notifiedLook;
    }
    if (bell != null) {
      return BELL_LOOK;
    }
    return busyUntil - nanos.getAsLong() > 0 ? BUSY_LOOK : LIVE_LOOK;
  }

  /** A remote call on a thread of its own; no more than a few at once. */
  private void call(Semaphore permits, Runnable call) {
    threads.execute(() -> {
      permits.acquireUninterruptibly();
      try {
        call.run();
      } finally {
        permits.release();
      }
    });
  }

  /** Hands over and waits until the last step has ended; jobs go on. */
  @Override
  public void close() {
    closing = true;
    loop.interrupt();
    boolean interrupted = false;
    while (loop.isAlive()) {
      try {
        loop.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    threads.shutdownNow();
    if (bell != null) {
      bell.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
