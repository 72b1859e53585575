package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.store.RecordedRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("simulated")
class SimulateCommandTest {

  private static final String CONFIGURATION =
      """
      clients: [{name: acme, brands: [{name: road}]}]
      pipeline_types: [{name: nightly}]
      pools: [{name: narrow, slots: 1}]
      templates:
        - {name: fetch}
        - {name: load, pool: narrow}
      pipelines:
        - name: sales
          client: acme
          brand: road
          type: nightly
          states:
            - state: raw
              transformations: [{id: 1, template: fetch}, {id: 2, template: fetch}]
            - state: ingest
              transformations: [{id: 3, template: load}, {id: 4, template: load}]
      """;

  @TempDir Path home;

  private CoreUnderTest configured() {
    return configured(new CoreUnderTest(home));
  }

  private CoreUnderTest configured(CoreUnderTest core) {
    try {
      var file = Files.writeString(home.resolve("configuration.yaml"), CONFIGURATION);
      assertThat(core.run("config", "import", file.toString()).code()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return core.with("CORE_LOCAL_SLOTS", "8");
  }

  private static Map<String, Integer> took(int first, int second, int third, int fourth) {
    return Map.of(
        "sales_raw_fetch_1", first,
        "sales_raw_fetch_2", second,
        "sales_ingest_load_3", third,
        "sales_ingest_load_4", fourth);
  }

  @BothDatabases
  void theLastRunsThatSucceededSayWhatTasksTake(TestDatabase database) {
    var core =
        configured(CoreUnderTest.on(database, home))
            .prepared(jdbi -> {
              var runs = new RecordedRuns(jdbi);
              runs.succeededRun(1, "sales", took(900, 900, 900, 900));
              runs.succeededRun(2, "sales", took(10, 20, 5, 5));
              runs.succeededRun(3, "sales", took(30, 20, 5, 5));
              runs.succeededRun(4, "sales", took(20, 20, 5, 5));
            });

    var ended = core.run("simulate", "sales", "--history", "3", "--json");

    // Medians 20, 20 | pool of one: 5, 5; each worker comes up in a second.
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.json().path("makespan").asText()).isEqualTo("PT33S");
    assertThat(ended.json().path("history_runs").toString()).isEqualTo("[4,3,2]");
    assertThat(ended.json().path("courses").asInt()).isEqualTo(1_000);
    assertThat(ended.json().path("p90").asText()).isEqualTo("PT43S");
    assertThat(ended.json().path("critical_path").toString())
        .isEqualTo("[\"sales_raw_fetch_1\",\"sales_ingest_load_3\",\"sales_ingest_load_4\"]");
    assertThat(core.run("simulate", "sales", "--from-run", "2", "--json").json().path("makespan"))
        .hasToString("\"PT33S\"");
    assertThat(core.run("simulate", "sales", "--from-run", "1", "--json").json().path("makespan"))
        .hasToString("\"PT45M3S\"");
  }

  @Test
  void whatIfsAreToldBesideTheForecast() {
    var ended =
        configured()
            .run(
                "simulate",
                "sales",
                "-d",
                "*_fetch_*=90s",
                "--default-duration",
                "1m",
                "--limit",
                "1",
                "--pool",
                "narrow=2",
                "--slow",
                "fetch_1=x2");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "durations: 2 given · 2 by default",
            "it would take 3m 30s; nothing that is known of it varies",
            "as it is 3m 30s 3m 30s 3m 30s",
            "limit 1 5m 00s +1m 30s 5m 00s 5m 00s",
            "pool narrow with 2 2m 30s -1m 00s 2m 30s 2m 30s",
            "fetch_1 x2 5m 00s +1m 30s 5m 00s 5m 00s",
            "all of these 6m 30s +3m 00s 6m 30s 6m 30s",
            "no limits at all 2m 30s -1m 00s 2m 30s 2m 30s");
  }

  @Test
  void whatNothingIsKnownOfIsNamedWithWhatToGive() {
    var ended = configured().run("simulate", "sales", "-d", "fetch_1=2m");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("'sales' has no run that succeeded")
        .contains("3 of 4 tasks: sales_raw_fetch_2, sales_ingest_load_3, sales_ingest_load_4")
        .contains("--default-duration 5m");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    var ended =
        configured()
            .run("simulate", "sales", "-d", "a=5", "--slow", "b=2", "--limit", "0", "--runs", "0");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--duration a is '5'; allowed: such as 90s")
        .contains("--slow b is '2'; allowed: such as x2")
        .contains("--limit is 0")
        .contains("--runs is 0; allowed: 1 to 1000000");
  }

  @Test
  void namesThatMeanNothingOrTooMuchAreRefusedWithWhatThereIs() {
    var core = configured();

    assertThat(core.run("simulate", "sale", "--default-duration", "1m").err())
        .contains("no pipeline 'sale'; there is: sales");
    assertThat(core.run("simulate", "sales", "-d", "fetch=1m").err())
        .contains("no single task for 'fetch'")
        .contains("sales_raw_fetch_1, sales_raw_fetch_2");
    assertThat(core.run("simulate", "sales", "--default-duration", "1m", "--pool", "wide=2").err())
        .contains("no pool 'wide'; there is: narrow");
    assertThat(core.run("simulate", "sales", "--from-run", "17").err())
        .contains("'sales' has no run 17");
  }

  @Test
  void aRunThatWouldNotSucceedIsAFailureWithItsReason() {
    var ended =
        configured().run("simulate", "sales", "-d", "fetch_1=2h", "--default-duration", "1m");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("it would fail after")
        .contains("sales_raw_fetch_1 would run 7200 s, longer than its time-out of 3600 s");
  }

  @Test
  void theTimelineIsAGanttChartToo() {
    var ended = configured().run("simulate", "sales", "--default-duration", "1m", "--mermaid");

    assertThat(ended.out().lines().map(String::strip))
        .startsWith("gantt", "title sales", "dateFormat x")
        .contains("section 1 ingest", "sales_ingest_load_4 :crit, t5, 120000, 180000");
  }
}
