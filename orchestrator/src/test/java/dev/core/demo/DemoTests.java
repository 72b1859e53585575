package dev.core.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the demo must do on any database: real programs, real data, every figure recomputed. */
@Tag("local")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemoTests {

  private static final Path DEMO = Path.of("../docs/demo").toAbsolutePath().normalize();
  private static final List<String> ALL =
      List.of("flight_delays", "wildlife_strikes", "strike_exposure");

  private final Map<String, String> environment = new HashMap<>();
  private final RawData raw = raw();
  private final Map<String, Figures> figures = Figures.of(raw);
  private Path home = DEMO;
  private CoreProgram core = new CoreProgram(Map.of(), DEMO);

  /** Settings of a database without a schema, and of whatever else is not as it is by default. */
  abstract Map<String, String> settings(Path folder) throws Exception;

  /** What is run, in this order. */
  List<String> pipelines() {
    return ALL;
  }

  /** What {@code core} says. */
  final CoreProgram core() {
    return core;
  }

  @BeforeAll
  void runTheDemo(@TempDir Path folder) throws Exception {
    home = folder;
    environment.put("CORE_HOME", home.toString());
    environment.put("CORE_LOCAL_SLOTS", "4");
    environment.putAll(settings(home));
    core = new CoreProgram(environment, home);
    core.run("migrate");
    core.run("templates", "sync");
    core.run("config", "import", DEMO.resolve("configuration.yaml").toString());
    for (var pipeline : pipelines()) {
      succeed(pipeline);
    }
  }

  @AfterAll
  void end() throws Exception {
    endTheResidentWorker();
  }

  private void endTheResidentWorker()
      throws InterruptedException, ExecutionException, TimeoutException {
    try (var database = Database.open(Settings.load(environment, home))) {
      var workers =
          database
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery("select pid from execution.local_workers")
                      .mapTo(Long.class)
                      .list());
      for (long pid : workers) {
        var process = ProcessHandle.of(pid);
        if (process.isPresent() && process.get().destroy()) {
          process.get().onExit().get(30, TimeUnit.SECONDS);
        }
      }
    }
  }

  Stream<String> published() {
    return figures.keySet().stream().filter(dataset -> pipelines().contains(pipeline(dataset)));
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPublishedFigureIsTheOneComputedInAnotherWay(String dataset) throws IOException {
    Published.assertHolds(
        home.resolve("published").resolve(folder(dataset)).resolve(dataset + ".csv"),
        figures.get(dataset));
  }

  @Test
  void aCommittedDatasetHoldsTheSameFigures() {
    var dataset = pipelines().contains("flight_delays") ? "delays_by_airport" : "strikes_by_state";
    var brand = dataset.startsWith("delays") ? "us_aviation/national" : "wildlife_safety/faa";
    var csv = core.run("datasets", "cat", brand + "/metrics/" + dataset, "--format", "csv");
    Published.assertHolds("dataset", Csv.of(csv), figures.get(dataset));
  }

  @Test
  void noRowIsLostOnTheWay() {
    var rows = new TreeMap<String, Long>();
    core.json("datasets")
        .forEach(
            dataset -> rows.put(dataset.get("name").asText(), dataset.path("rows").longValue()));
    if (pipelines().contains("flight_delays")) {
      assertThat(rows)
          .containsEntry("us_aviation/national/ingest/airports", 3376L)
          .containsEntry("us_aviation/national/master/airports", 3376L)
          .containsEntry("us_aviation/national/ingest/flights", 20_000L)
          .containsEntry("us_aviation/national/master/flights", 20_000L)
          .containsEntry("us_aviation/national/enrich/flights", 20_000L);
    }
    assertThat(rows)
        .containsEntry("wildlife_safety/faa/ingest/strikes", 10_000L)
        .containsEntry("wildlife_safety/faa/master/strikes", 10_000L)
        .containsEntry("wildlife_safety/faa/enrich/strikes", 10_000L);
    assertThat(raw.flights()).hasSize(20_000);
    assertThat(raw.strikes()).hasSize(10_000);
  }

  @Test
  void parametersOfARunDecideWhatIsCounted() throws IOException {
    assumeThat(pipelines()).contains("strike_exposure");
    succeed("strike_exposure", "--param", "year=1999", "--param", "minimum_departures=300");

    Published.assertHolds(
        home.resolve("again/wildlife_safety/strike_exposure/strike_exposure.csv"),
        Figures.exposure(raw, 1999, 300));
  }

  private void succeed(String pipeline, String... options) {
    var place = home.resolve(options.length == 0 ? "published" : "again");
    var arguments =
        new ArrayList<>(List.of("run", pipeline, "--wait", "--param", "publish_to=" + place));
    arguments.addAll(List.of(options));
    if (!pipeline.equals("strike_exposure")) {
      arguments.addAll(List.of("--param", "data=" + DEMO.resolve("data")));
    }
    var run = core.json(arguments.toArray(String[]::new));
    assertThat(run.get("status").asText()).as("%s", run).isEqualTo("SUCCEEDED");
    assertThat(run.get("run_id").isIntegralNumber()).isTrue();
  }

  private static String folder(String dataset) {
    var pipeline = pipeline(dataset);
    return (pipeline.equals("flight_delays") ? "us_aviation/" : "wildlife_safety/") + pipeline;
  }

  private static String pipeline(String dataset) {
    return dataset.startsWith("delays_")
        ? "flight_delays"
        : dataset.equals("strike_exposure") ? "strike_exposure" : "wildlife_strikes";
  }

  private static RawData raw() {
    try {
      return RawData.read(DEMO.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
