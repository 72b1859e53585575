package dev.core.orchestrator.engine.loop;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.store.Journal;
import dev.core.orchestrator.store.JournalSession;
import dev.core.orchestrator.store.Leadership;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands by until nobody leads, then leads, term after term, until it is closed. One thread decides
 * and writes; closing it hands leadership over at once and touches no job.
 */
public final class Leader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);

  private static final Duration STAND_BY = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** How soon a leader that had something to do looks again, when nothing would wake it. */
  private static final Duration BUSY_LOOK = Duration.ofMillis(1);

  private static final Duration LIVE_LOOK = Duration.ofMillis(4);
  private static final Duration IDLE_LOOK = Duration.ofMillis(50);

  /** With notices, looking is only a safety net. */
  private static final Duration NOTIFIED_LOOK = Duration.ofMillis(200);

  private static final long BUSY_FOR = Duration.ofMillis(200).toNanos();
  private static final int CALLS_AT_ONCE = 16;

  private final Database database;
  private final ComputeBackend backend;
  private final StartCheck check;
  private final LeaderOptions options;
  private final LongSupplier nanos;
  private final Inbox inbox = new Inbox();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
  private final Thread loop;
  private final boolean notified;
  private volatile boolean closing;

  private Leader(
      Database database,
      ComputeBackend backend,
      StartCheck check,
      LeaderOptions options,
      LongSupplier nanos) {
    this.database = database;
    this.backend = backend;
    this.check = check;
    this.options = options;
    this.nanos = nanos;
    this.notified = database.dialect() == Dialect.POSTGRES;
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
      leader.threads.execute(new NoticeListener(database, leader.inbox));
    }
    return leader;
  }

  private void run() {
    while (!closing) {
      try (var session = JournalSession.open(database, options.lease())) {
        var handle = session.handle();
        long sentAt = nanos.getAsLong();
        Optional<Long> epoch =
            handle.inTransaction(
                transaction -> Leadership.acquire(transaction, options.holder(), options.lease()));
        if (epoch.isPresent()) {
          lead(handle, epoch.get(), sentAt);
        } else {
          pause(STAND_BY);
        }
      } catch (RuntimeException e) {
        if (!closing) {
          LOG.warn("this term is over: {}", e.getMessage(), e);
          pause(AFTER_FAILURE);
        }
      }
    }
  }

  private void lead(Handle handle, long epoch, long sentAt) {
    LOG.info("{} leads, epoch {}", options.holder(), epoch);
    var lease = new Lease(nanos, options.lease());
    lease.renewed(sentAt);
    var courier = new Courier(backend, inbox, lease, this::call);
    var observer = new Observer(backend, inbox, lease, this::call, options.policy().claimLease());
    var term =
        new Term(
            handle,
            new Journal(handle, epoch, options.lease()),
            lease,
            backend,
            new CommandDesk(check),
            options,
            courier,
            observer);
    if (term.runs() > 0) {
      LOG.info("taking up {} runs", term.runs());
    }
    try {
      steps(term);
    } finally {
      lease.end();
    }
    Leadership.release(handle, epoch);
  }

  private void steps(Term term) {
    long busyUntil = nanos.getAsLong();
    Duration patience = Duration.ZERO;
    while (!closing) {
      try {
        var news = inbox.await(patience);
        if (!term.step(news)) {
          LOG.warn("another orchestrator leads; standing by");
          return;
        }
        if (term.busy()) {
          busyUntil = nanos.getAsLong() + BUSY_FOR;
        }
        patience = patience(term, busyUntil - nanos.getAsLong() > 0);
      } catch (InterruptedException _) {
        // Only close() interrupts, and has set the flag that ends this loop.
        LOG.debug("woken to close");
      }
    }
  }

  private Duration patience(Term term, boolean busy) {
    if (notified) {
      return term.nextTimer()
          .filter(next -> next.compareTo(NOTIFIED_LOOK) < 0)
          .map(next -> next.isNegative() ? Duration.ZERO : next)
          .orElse(NOTIFIED_LOOK);
    }
    if (busy) {
      return BUSY_LOOK;
    }
    return term.hasLiveTasks() ? LIVE_LOOK : IDLE_LOOK;
  }

  /** A remote call on a thread of its own; no more than a few at once. */
  private void call(Runnable call) {
    threads.execute(() -> {
      calls.acquireUninterruptibly();
      try {
        call.run();
      } finally {
        calls.release();
      }
    });
  }

  private void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException _) {
      LOG.debug("woken to close");
    }
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
