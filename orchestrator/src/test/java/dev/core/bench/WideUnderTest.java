package dev.core.bench;

import dev.core.bench.Report.WideFigure;
import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.Orchestrator;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of many tasks, with outcomes in bulk: what a task costs, in time and in memory, at three
 * sizes; and how long the barrier behind the wide wave takes to open after its last task. The first
 * run of each warms up, and is held twice: half-way, to look at the heap; and before the last task
 * of the wave.
 */
final class WideUnderTest {

  private static final int RUNS = 3;

  private final DurableDatabase durable;

  private WideUnderTest(DurableDatabase durable) {
    this.durable = durable;
  }

  static List<WideFigure> measure(DurableDatabase durable) throws InterruptedException {
    var wide = new WideUnderTest(durable);
    var figures = new ArrayList<WideFigure>();
    for (var shape : Shape.WIDE) {
      Bench.say("%s: %s …".formatted(durable.title(), shape.title()));
      figures.add(wide.figure(shape));
    }
    return figures;
  }

  private record Held(double bytesPerTask, double barrier) {}

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
      for (int run = 0; run < RUNS; run++) {
        seconds.add(asked.toTheEnd(shape.pipeline()));
      }
    }
    seconds.sort(null);
    return new WideFigure(
        shape.title(),
        shape.tasks(),
        1000 * seconds.get(RUNS / 2) / shape.tasks(),
        held.barrier(),
        held.bytesPerTask());
  }

  /** Held half-way, and before the last task of the wide wave. */
  private Held held(Shape shape, ScriptedBackend backend, AskedRuns asked)
      throws InterruptedException {
    long before = heap();
    backend.holdAfter(shape.tasks() / 2);
    long run = asked.start(shape.pipeline());
    backend.awaitHold();
    awaitLeader();
    long during = heap();
    backend.holdAfter(shape.tasks() - 2);
    backend.awaitHold();
    awaitLeader();
    backend.goOn();
    double _ = asked.awaitEnd(run);
    return new Held((double) (during - before) / shape.tasks(), backend.lastGap() / 1e6);
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
