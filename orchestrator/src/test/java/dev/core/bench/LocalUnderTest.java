package dev.core.bench;

import dev.core.bench.Report.LocalFigure;
import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.Orchestrator;
import dev.core.orchestrator.compute.local.LocalBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Local mode as people have it: the resident worker is a process of its own, on the same database.
 * Every shape is run once to warm up and then several times; the median run counts.
 */
final class LocalUnderTest {

  private static final int RUNS = 3;
  private static final int SLOTS = 8;

  private LocalUnderTest() {}

  static List<LocalFigure> measure(DurableDatabase durable) throws InterruptedException {
    var environment = new HashMap<>(durable.settings());
    environment.put("CORE_LOCAL_SLOTS", String.valueOf(SLOTS));
    var settings = Settings.load(environment, Path.of(""));
    var database = Database.over(durable.dataSource(), durable.dialect());
    var figures = new ArrayList<LocalFigure>();
    try (var _ =
        Orchestrator.start(
            settings,
            database,
            LocalBackend.of(settings, database),
            (_, _, _) -> List.of(),
            "bench-local")) {
      var asked = new AskedRuns(durable);
      for (var shape : Shape.ALL) {
        Bench.say("%s: local mode, %s …".formatted(durable.title(), shape.title()));
        asked.toTheEnd(shape.pipeline());
        var seconds = new ArrayList<Double>();
        for (int run = 0; run < RUNS; run++) {
          seconds.add(asked.toTheEnd(shape.pipeline()));
        }
        seconds.sort(null);
        double median = seconds.get(RUNS / 2);
        figures.add(
            new LocalFigure(
                shape.title(), shape.tasks(), SLOTS, median, 1000 * median / shape.tasks()));
      }
    } finally {
      endWorkers(database);
    }
    return figures;
  }

  private static void endWorkers(Database database) {
    var pids =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("select pid from execution.local_workers")
                    .mapTo(Long.class)
                    .list());
    for (long pid : pids) {
      var process = ProcessHandle.of(pid);
      if (process.isPresent() && process.get().destroy()) {
        process.get().onExit().join();
      }
    }
  }
}
