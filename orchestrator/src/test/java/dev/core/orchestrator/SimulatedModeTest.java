package dev.core.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.database.Database;
import dev.core.common.json.Json;
import dev.core.common.settings.Settings;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.cli.Console;
import dev.core.orchestrator.cli.Context;
import dev.core.orchestrator.cli.CoreCommandLine;
import dev.core.orchestrator.store.SimulatedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mode {@code simulated} from the command line: the real leader and store, jobs that pretend. */
@Tag("simulated")
@Timeout(120)
class SimulatedModeTest {

  /** Its second task reads what the first wrote and returned, neither of which is there. */
  private static final String CONFIGURATION =
      """
      clients: [{name: acme, brands: [{name: road}]}]
      pipeline_types: [{name: nightly}]
      templates:
        - name: fetch
          timeout_seconds: 86400
          retry_delay_seconds: 0
          variables: {rows: {datatype: dataset, direction: output}}
        - name: load
          timeout_seconds: 86400
          retry_delay_seconds: 0
          variables:
            reads: {datatype: dataset}
            count: {datatype: integer}
      pipelines:
        - name: sales
          client: acme
          brand: road
          type: nightly
          parameters: [{name: late_after, datatype: integer, default: "15"}]
          states:
            - state: raw
              transformations: [{id: 1, template: fetch, variables: {rows: rows}}]
            - state: ingest
              transformations:
                - id: 2
                  template: load
                  variables: {reads: raw/rows@run, count: "${task.sales_raw_fetch_1.result.count}"}
      """;

  @TempDir Path home;

  private record Ended(int code, String out, String err) {
    JsonNode json() {
      return Json.tree(out);
    }
  }

  @BothDatabases
  void aRunGoesThroughEveryTaskAndCommitsNothing(TestDatabase real) {
    assertThat(core(real, "local", "config", "import", configuration()).code()).isZero();

    var ended = core(real, "simulated", "run", "sales", "--wait", "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.json().path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.json().findValuesAsText("mode")).isNotEmpty().containsOnly("simulated");
    assertThat(ended.err()).contains("nothing is executed").contains("apart from real ones");
    assertThat(core(real, "simulated", "datasets", "--json").json()).isEmpty();
  }

  @BothDatabases
  void realAndSimulatedRunsNeverMeet(TestDatabase real) {
    core(real, "local", "config", "import", configuration());
    var queued = core(real, "local", "run", "sales", "--json");
    assertThat(queued.out()).contains("PENDING");

    assertThat(core(real, "simulated", "run", "sales", "--wait").code()).isZero();

    assertThat(core(real, "simulated", "runs", "--json").json()).hasSize(1);
    assertThat(core(real, "local", "runs", "--json").json()).isEmpty();
    assertThat(
            core(
                    real,
                    "local",
                    "console",
                    "--json",
                    "--sql",
                    "select status from execution.commands")
                .out())
        .contains("PENDING");
  }

  @BothDatabases
  void anEditOfTheRealConfigurationReachesTheNextSimulatedRun(TestDatabase real)
      throws IOException {
    core(real, "local", "config", "import", configuration());
    assertThat(core(real, "simulated", "run", "sales", "--wait").code()).isZero();

    var changed = home.resolve("changed.yaml");
    Files.writeString(changed, CONFIGURATION.replace("default: \"15\"", "default: \"20\""));
    assertThat(core(real, "simulated", "config", "import", changed.toString()).code()).isZero();

    var ended = core(real, "simulated", "run", "sales", "--wait", "--json");
    assertThat(ended.json().path("parameters").path("late_after").asText()).isEqualTo("20");
    assertThat(core(real, "simulated", "pools", "set", "narrow", "3").out()).contains("3 slots");
    assertThat(core(real, "local", "config", "export").out())
        .contains("default: \"20\"", "name: narrow");
  }

  @BothDatabases
  void attemptsFailAsOftenAsTheSettingSays(TestDatabase real) {
    core(real, "local", "config", "import", configuration());

    var ended =
        core(
            real,
            Map.of(
                "CORE_MODE",
                "simulated",
                "CORE_SIMULATED_FAILURE_PERCENT",
                "100",
                "CORE_INFRASTRUCTURE_ATTEMPTS",
                "1"),
            "run",
            "sales",
            "--wait",
            "--json");

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.out()).contains("simulated");
  }

  /** Its jobs end with it: they are found lost, and their attempts are repeated. */
  @BothDatabases
  void aRunWhoseProcessEndedIsTakenUpByTheNextOne(TestDatabase real) throws Exception {
    core(real, "local", "config", "import", configuration());
    core(real, "simulated", "run", "sales");
    var slow = new HashMap<>(environment(real));
    slow.putAll(Map.of("CORE_SIMULATED_SPEED", "1", "CORE_SIMULATED_SECONDS", "3600"));
    var settings = Settings.load(slow, home);
    try (var configured = Database.open(settings);
        var simulated = SimulatedStore.open(settings, configured);
        var _ = new Installation().start(settings, simulated)) {
      await().until(() -> running(simulated), count -> count == 1);
    }

    var ended = core(real, "simulated", "run", "sales", "--wait");

    assertThat(ended.code()).as(ended.err()).isZero();
    var first = core(real, "simulated", "show", "1", "--json");
    assertThat(first.json().path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(first.out()).contains("the process that simulated it has ended");
  }

  private static int running(Database simulated) {
    return simulated
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select count(*) from execution.tasks where status = 'RUNNING'")
                .mapTo(Integer.class)
                .one());
  }

  private String configuration() {
    try {
      return Files.writeString(home.resolve("configuration.yaml"), CONFIGURATION).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Ended core(TestDatabase real, String mode, String... arguments) {
    return core(real, Map.of("CORE_MODE", mode), arguments);
  }

  private Map<String, String> environment(TestDatabase real) {
    var environment = new HashMap<String, String>();
    environment.put("CORE_HOME", home.toString());
    environment.put("CORE_MODE", "simulated");
    environment.put("CORE_SIMULATED_SPEED", "100000");
    environment.put("CORE_INFRASTRUCTURE_DELAY_SECONDS", "0");
    if (real.isPostgres()) {
      environment.put("CORE_DATABASE_URL", real.url());
      environment.put("CORE_DATABASE_USER", real.user());
      environment.put("CORE_DATABASE_PASSWORD", real.password());
    }
    return environment;
  }

  private Ended core(TestDatabase real, Map<String, String> settings, String... arguments) {
    var environment = environment(real);
    environment.putAll(settings);
    var out = new StringWriter();
    var err = new StringWriter();
    try (var context =
        new Context(
            environment,
            home,
            Console.plain(new PrintWriter(out), new PrintWriter(err)),
            new Installation(),
            () -> UUID.randomUUID().toString(),
            () -> Instant.parse("2026-11-22T06:00:00Z"))) {
      return new Ended(new CoreCommandLine(context).run(arguments), out.toString(), err.toString());
    }
  }
}
