package dev.core.bench;

import dev.core.bench.Report.WideFigure;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.Orchestrator;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one wide wave, with outcomes in bulk: what a task costs, in time and in memory, at three
 * sizes; and how long the barrier behind the wide wave takes to open after its last task.
 *
 * <p>For the memory, runs of as many pipelines are there at once as make ten thousand tasks, so
 * that whatever else is on the heap is the same at each size. They are held when every wide task is
 * submitted and none has ended, and again before the last of them ends. H2 keeps its own pages on
 * the same heap, so it says nothing of the engine there.
 */
final class WideUnderTest {

  /** The median counts. Only the smallest and the largest are compared. */
  private static final int RUNS = 3;

  private final DurableDatabase durable;

  private WideUnderTest(DurableDatabase durable) {
    this.durable = durable;
  }

  static List<WideFigure> measure(DurableDatabase durable) throws InterruptedException {
    var wide = new WideUnderTest(durable);
    // What comes first would pay for the compiler.
    var _ = wide.figure(Shape.WIDE.getFirst());
    var figures = new ArrayList<WideFigure>();
    for (var shape : Shape.WIDE) {
      Bench.say("%s: %s …".formatted(durable.title(), shape.title()));
      figures.add(wide.figure(shape));
    }
    return figures;
  }

  private record Held(@Nullable Double bytesPerTask, double barrier) {}

  private WideFigure figure(Shape shape) throws InterruptedException {
    var database = Database.over(durable.dataSource(), durable.dialect());
    var backend = EngineUnderTest.bulk(database, durable.dialect());
    var seconds = new ArrayList<Double>();
    Held held;
    try (var _ =
        Orchestrator.start(
            Settings.load(durable.settings(), Path.of("")),
            database,
            backend,
            (_, _, _) -> List.of(),
            "bench-" + shape.pipeline())) {
      var asked = new AskedRuns(durable);
      held = held(shape, backend, asked);
      for (int run = 0; run < runs(shape); run++) {
        seconds.add(asked.toTheEnd(shape.pipeline()));
      }
    }
    seconds.sort(null);
    return new WideFigure(
        shape.title(),
        shape.tasks(),
        1000 * seconds.get(seconds.size() / 2) / shape.tasks(),
        held.barrier(),
        held.bytesPerTask());
  }

  private static int runs(Shape shape) {
    boolean compared = shape == Shape.WIDE.getFirst() || shape == Shape.WIDE.getLast();
    return compared ? RUNS : 1;
  }

  private Held held(Shape shape, ScriptedBackend backend, AskedRuns asked)
      throws InterruptedException {
    var copies = shape.copies(Shape.AT_ONCE);
    int runs = copies.size();
    int wide = runs * shape.wide();
    backend.holdAfter(0);
    long before = heap();
    var started = new ArrayList<Long>();
    for (var copy : copies) {
      started.add(asked.start(copy.pipeline()));
    }
    // The first task of each, and no other: jobs end in the order in which they were submitted.
    backend.awaitSubmitted(runs);
    backend.holdAfter(runs);
    backend.awaitSubmitted(runs + wide);
    awaitLeader();
    long during = heap();
    backend.holdAfter(runs + wide - 1);
    backend.awaitHold();
    awaitLeader();
    backend.goOn();
    for (long run : started) {
      double _ = asked.awaitEnd(run);
    }
    var bytes =
        durable.dialect() == Dialect.H2 ? null : Double.valueOf((double) (during - before) / wide);
    return new Held(bytes, backend.lastGap(runs + wide) / 1e6);
  }

  /** Until the leader has dealt with everything that came. */
  private void awaitLeader() throws InterruptedException {
    int news;
    do {
      Thread.sleep(100);
      news =
          durable
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery("select count(*) from execution.claims where has_news")
                      .mapTo(Integer.class)
                      .one());
    } while (news > 0);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
