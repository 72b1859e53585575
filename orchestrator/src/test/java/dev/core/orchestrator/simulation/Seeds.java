package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Runs many seeds, each simulation in one thread, several of them beside each other. */
final class Seeds {

  /** Deep enough for steps on top of steps. */
  private static final long STACK = 64L << 20;

  private final long last;
  private final int threads;
  private final BooleanSupplier timeIsUp;
  private final LongConsumer progress;
  private final AtomicLong next;
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final List<Failure> failures = new ArrayList<>();
  private final Tally tally = new Tally();

  /** A seed that broke a law. */
  record Failure(long seed, Result result, Violation violation) {}

  /**
   * @param timeIsUp after which no seed is begun
   * @param progress told how many are done, from any thread
   */
  Seeds(long first, long last, int threads, BooleanSupplier timeIsUp, LongConsumer progress) {
    this.last = last;
    this.threads = threads;
    this.timeIsUp = timeIsUp;
    this.progress = progress;
    this.next = new AtomicLong(first);
  }

  /** Until all are done, one has failed, or the time is up. */
  void run() throws InterruptedException {
    var running = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      running.add(new Thread(null, this::work, "simulation " + i, STACK));
    }
    running.forEach(Thread::start);
    for (Thread thread : running) {
      thread.join();
    }
  }

  private void work() {
    var mine = new Tally();
    while (!failed.get() && !timeIsUp.getAsBoolean()) {
      long seed = next.getAndIncrement();
      if (seed > last) {
        break;
      }
      run(seed, mine);
      progress.accept(done.incrementAndGet());
    }
    synchronized (tally) {
      tally.add(mine);
    }
  }

  private void run(long seed, Tally mine) {
    Result result = new Simulation(seed, null, null).run();
    mine.add(result.tally());
    Violation violation = result.violation();
    if (violation != null) {
      failed.set(true);
      synchronized (failures) {
        failures.add(new Failure(seed, result, violation));
      }
    }
  }

  long done() {
    return done.get();
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  Tally tally() {
    return tally;
  }

  /** Runs something in a thread whose stack is deep enough. */
  static <T> T inDeepThread(Callable<T> work) throws Exception {
    var task = new FutureTask<>(work);
    var thread = new Thread(null, task, "simulation", STACK);
    thread.start();
    return task.get();
  }
}
