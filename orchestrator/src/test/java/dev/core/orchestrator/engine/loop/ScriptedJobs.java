package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.emulator.batch.Containers.Exit;
import dev.core.emulator.batch.ScriptedContainers.Scripted;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Emulated jobs that do what corebot does in the database, without a process: claim, then succeed
 * or wait to be ended. Counts what took effect.
 */
final class ScriptedJobs implements Consumer<Scripted>, AutoCloseable {

  /** More at once would only wait for connections. */
  private static final int AT_ONCE = 8;

  private static final int CLAIM_REFUSED = 20;
  private static final int ENDED_BY_SIGNAL = 143;

  private final AtomicReference<@Nullable WorkerProtocol> protocol = new AtomicReference<>();
  private final boolean waits;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore connections = new Semaphore(AT_ONCE);
  private final ConcurrentHashMap<String, AtomicInteger> effects = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();

  /**
   * @param waits whether a job runs until it is ended, rather than succeed at once
   */
  ScriptedJobs(boolean waits) {
    this.waits = waits;
  }

  void over(WorkerProtocol database) {
    protocol.set(database);
  }

  /** How often each attempt took effect. */
  List<Integer> effects() {
    return effects.values().stream().map(AtomicInteger::get).toList();
  }

  /** Jobs that found their attempt taken. */
  int refused() {
    return refused.get();
  }

  int started() {
    return started.get();
  }

  @Override
  public void accept(Scripted job) {
    started.incrementAndGet();
    threads.execute(() -> run(job));
  }

  private void run(Scripted job) {
    String token = job.start().command().getLast();
    String claimant = UUID.randomUUID().toString();
    var database = protocol.get();
    if (database == null) {
      throw new IllegalStateException("no database to claim in");
    }
    connections.acquireUninterruptibly();
    try {
      var order = database.claim(token, 0, job.start().jobId(), claimant);
      if (order == null) {
        refused.incrementAndGet();
        job.end(Exit.of(CLAIM_REFUSED));
        return;
      }
      effects
          .computeIfAbsent(order.taskKey() + "#" + order.attempt(), _ -> new AtomicInteger())
          .incrementAndGet();
      if (!waits) {
        boolean _ = database.finish(token, 0, claimant, Outcome.success(null, List.of()));
        job.end(Exit.of(0));
        return;
      }
    } finally {
      connections.release();
    }
    job.stopped().join();
    job.end(Exit.of(ENDED_BY_SIGNAL));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
