package dev.core.bench;

import dev.core.bench.Report.EngineFigure;
import dev.core.bench.Report.PerTask;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.protocol.jdbc.LeaderBell;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.Orchestrator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The engine over {@link ScriptedBackend}: the real loop, journal and protocol; only the jobs take
 * no time. Every shape is run once to warm up and then several times; the median run counts, and
 * all gaps of all those runs.
 */
final class EngineUnderTest {

  private static final int RUNS = 5;
  private static final int WORKERS = 8;

  private final DurableDatabase database;
  private final Settings settings;

  private EngineUnderTest(DurableDatabase database) {
    this.database = database;
    this.settings = Settings.load(database.settings(), Path.of(""));
  }

  static List<EngineFigure> measure(DurableDatabase database) throws InterruptedException {
    var engine = new EngineUnderTest(database);
    var figures = new ArrayList<EngineFigure>();
    figures.add(engine.figure(Shape.CHAIN, 1));
    figures.add(engine.figure(Shape.FAN, WORKERS));
    figures.add(engine.figure(Shape.LAYERS, WORKERS));
    figures.add(engine.figure(Shape.FAN, 0));
    figures.add(engine.figure(Shape.LAYERS, 0));
    return figures;
  }

  private record Measured(double seconds, Counted.Counts leader, Counted.Counts worker) {}

  /**
   * @param workers 0: outcomes in bulk
   */
  private EngineFigure figure(Shape shape, int workers) throws InterruptedException {
    Bench.say(
        "%s: engine, %s, %s …"
            .formatted(
                database.title(),
                shape.title(),
                workers == 0 ? "outcomes in bulk" : workers + " workers"));
    var forLeader = new Counted(database.dataSource());
    var forWorkers = new Counted(database.dataSource());
    var backend = backend(Database.over(forWorkers.dataSource(), database.dialect()), workers);
    var runs = new ArrayList<Measured>();
    var gaps = new ArrayList<Long>();
    try (var _ =
        Orchestrator.start(
            settings,
            Database.over(forLeader.dataSource(), database.dialect()),
            backend,
            (_, _, _) -> List.of(),
            "bench-" + shape.pipeline() + "-" + workers)) {
      var asked = new AskedRuns(database);
      asked.toTheEnd(shape.pipeline());
      for (int run = 0; run < RUNS; run++) {
        backend.forget();
        var leaderBefore = forLeader.counts();
        var workerBefore = forWorkers.counts();
        double seconds = asked.toTheEnd(shape.pipeline());
        runs.add(
            new Measured(
                seconds,
                forLeader.counts().minus(leaderBefore),
                forWorkers.counts().minus(workerBefore)));
        gaps.addAll(backend.gaps());
      }
    }
    runs.sort(Comparator.comparing(Measured::seconds));
    var median = runs.get(RUNS / 2);
    return new EngineFigure(
        shape.title(),
        shape.tasks(),
        workers,
        median.seconds(),
        shape.tasks() / median.seconds(),
        shape == Shape.CHAIN ? Percentiles.ofNanos(gaps) : null,
        PerTask.of(median.leader(), shape.tasks()),
        workers == 0 ? null : PerTask.of(median.worker(), shape.tasks()));
  }

  private ScriptedBackend backend(Database forWorkers, int workers) {
    if (workers > 0) {
      return ScriptedBackend.claiming(
          new JdbcWorkerProtocol(forWorkers.jdbi(), forWorkers.dialect()), workers);
    }
    return bulk(forWorkers, database.dialect());
  }

  /** One worker that ends whatever waits in one transaction. */
  static ScriptedBackend bulk(Database forWorkers, Dialect dialect) {
    return ScriptedBackend.inBulk(
        forWorkers.jdbi(),
        Json.write(Outcome.success(null, List.of())),
        () -> {
          switch (dialect) {
            case POSTGRES ->
                forWorkers
                    .jdbi()
                    .useHandle(handle -> handle.execute("notify core_worker_news, ''"));
            case H2 -> forWorkers.jdbi().useHandle(LeaderBell::ring);
          }
        });
  }
}
