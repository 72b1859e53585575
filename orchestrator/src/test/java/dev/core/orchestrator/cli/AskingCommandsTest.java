package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.ConfigurationMocker;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.LogPage;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

/** Commands that ask something of a leader; the leader here is a script. */
@Timeout(60)
class AskingCommandsTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void importExample() throws Exception {
    try (var mocker = new ConfigurationMocker()) {
      mocker.generateMocks();
      var yaml = new ConfigurationYaml(mocker.database().jdbi(), mocker.database().dialect());
      Files.writeString(home.resolve("core.yaml"), yaml.export());
    }
    core = new CoreUnderTest(home);
    assertThat(core.run("config", "import", "core.yaml").code()).isZero();
  }

  /** Leads as long as it is open: has its lease, and answers every command with the same. */
  private static class ScriptedLeader extends EngineUnderTest {
    private final String answer;
    private final String endsAs;

    ScriptedLeader(String answer, String endsAs) {
      this.answer = answer;
      this.endsAs = endsAs;
    }

    @Override
    public Running start(Settings settings, Database database) {
      lead(database.jdbi(), answer);
      database
          .jdbi()
          .useHandle(handle -> handle.execute("update execution.runs set status = ?", endsAs));
      return new Led();
    }

    @Override
    public ComputeBackend backend(String mode, Settings settings, Database database) {
      return new LoggedBackend();
    }
  }

  /** Leads by the rows alone. */
  private record Led() implements Engine.Running {
    @Override
    public boolean leads() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static void lead(Jdbi jdbi, String answer) {
    jdbi.useHandle(handle -> {
      handle.execute(
          """
          update execution.leadership set holder = 'test', epoch = 1,
            expires_at = execution.clock() + interval '60' second
          """);
      handle.execute(
          "update execution.commands set status = 'APPLIED', answer = ?"
              + " where status = 'PENDING'",
          answer);
    });
  }

  @Test
  void withoutLeaderRunIsQueuedAndSaysWhatToStart() {
    var ended = core.run("run", "mock_pipeline");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("queued as command", "nothing leads", "core server");
    assertThat(core.run("run", "mock_pipeline", "--json").json().path("status").asText())
        .isEqualTo("PENDING");
  }

  @Test
  void sameKeyQueuesOneCommand() {
    var first = core.run("run", "mock_pipeline", "--idempotency-key", "k", "--json").json();
    var second = core.run("run", "mock_pipeline", "--idempotency-key", "k", "--json").json();

    assertThat(second.path("command_id").asLong()).isEqualTo(first.path("command_id").asLong());
    assertThat(
            core.run(
                    "run",
                    "mock_pipeline",
                    "--idempotency-key",
                    "k",
                    "--logical-date",
                    "2026-01-01")
                .err())
        .contains("'k' was used before");
  }

  @Test
  void waitLeadsIfNobodyDoesAndPrintsOneJsonObject() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(
            new ScriptedLeader(
                "{\"refused\":false,\"message\":\"run 5\",\"runId\":5}", "SUCCEEDED"));

    var ended = core.run("run", "mock_pipeline", "--wait", "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    var json = ended.json();
    assertThat(json.path("run_id").asLong()).isEqualTo(5);
    assertThat(json.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(json.path("tasks").path(1).path("attempts").path(0).path("number").asInt())
        .isEqualTo(1);
    assertThat(ended.err()).contains("run 5 of mock_pipeline");
  }

  @Test
  void waitEndsWithOneIfTheRunFailedAndSaysWhatHelps() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(
            new ScriptedLeader("{\"refused\":false,\"message\":\"run 5\",\"runId\":5}", "FAILED"));

    var ended = core.run("run", "mock_pipeline", "--wait");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("✔ raw", "✘ ingest", "attempt 2 of", "no such column")
        .contains("core why 5", "core retry 5", "job-503 line 1");
  }

  @Test
  void retryDoesNotTellAgainWhatFailedBefore() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(
            new ScriptedLeader("{\"refused\":false,\"message\":\"run 5\",\"runId\":5}", "FAILED"));

    assertThat(core.run("retry", "5", "--wait", "--yes").out()).doesNotContain("attempt 2 of");
  }

  @Test
  void signalDetachesFromTheRunAndSaysHowToGoOn() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).runningRun(5, "mock_pipeline"))
        .with(
            new ScriptedLeader("{\"refused\":false,\"message\":\"run 5\",\"runId\":5}", "RUNNING") {
              @Override
              public Running start(Settings settings, Database database) {
                var started = super.start(settings, database);
                Signal.raise(new Signal("TERM"));
                return started;
              }
            });

    var ended = core.run("run", "mock_pipeline", "--wait", "--json");

    assertThat(ended.code()).isEqualTo(130);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("detached from run 5", "core cancel 5");
  }

  @Test
  void refusalOfTheLeaderIsTold() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(new ScriptedLeader("{\"refused\":true,\"message\":\"run 5 has ended\"}", "FAILED"));

    var ended = core.run("retry", "5", "--wait", "--yes");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().strip()).isEqualTo("core: run 5 has ended");
  }

  @Test
  void whatIsWrongWithTheConfigurationIsListedWithRowAndRemedy() {
    assertThat(core.run("validate", "mock_pipeline").code()).isZero();
    core.prepared(jdbi ->
        jdbi.useHandle(
            handle -> handle.execute("delete from configuration.transformation_variables")));

    var ended = core.run("validate");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("error", "source", "mock_pipeline");
    assertThat(
            core.run("validate", "mock_pipeline", "--json")
                .json()
                .path(0)
                .path("severity")
                .asText())
        .isEqualTo("ERROR");
    assertThat(core.run("validate", "mock").err()).contains("there is: mock_pipeline");
  }

  @Test
  void wrongParametersAndNamesAreToldBeforeAnythingIsQueued() {
    assertThat(core.run("run", "mock_pipeline", "--param", "year=1").err()).contains("year");
    assertThat(core.run("run", "mock_pipe").err()).contains("there is: mock_pipeline");
    assertThat(core.run("run", "mock_pipeline", "--param", "year").code()).isEqualTo(2);
    assertThat(core.run("run", "mock_pipeline", "--logical-date", "soon").code()).isEqualTo(2);
    assertThat(core.run("retry", "99", "--yes").code()).isEqualTo(1);
  }

  @Test
  void logOfNewestOrChosenAttemptIsPrinted() {
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(
            new EngineUnderTest() {
              @Override
              public ComputeBackend backend(String mode, Settings settings, Database database) {
                return new LoggedBackend();
              }
            });

    assertThat(core.run("logs", "5", "sql_2").out()).isEqualTo("job-503 line 1\n");
    assertThat(core.run("logs", "5", "sql_2", "--attempt", "1", "--json").json().path("lines"))
        .hasSize(1);
    assertThat(core.run("logs", "5", "sql_2", "--follow").code()).isZero();
    assertThat(core.run("logs", "5", "sql_2", "--attempt", "9").err()).contains("it has 1 to 2");
    assertThat(core.run("logs", "5", "sequel").err()).contains("mock_pipeline_ingest_sql_2");
  }

  @Test
  void aFollowedLogEndsWithTheAttemptAndWhatComesLateIsNotMissed() {
    var late = new LateBackend();
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"))
        .with(
            new EngineUnderTest() {
              @Override
              public ComputeBackend backend(String mode, Settings settings, Database database) {
                return late;
              }
            });

    assertThat(core.run("logs", "5", "sql_2", "--follow").out()).isEqualTo("first\nlate\n");
    late.looks = 0;
    var unfollowed = core.run("logs", "5", "sql_2");
    assertThat(unfollowed.out()).isEmpty();
    assertThat(unfollowed.err()).contains("no longer knows it");
  }

  /** Its lines come after the end of the job. */
  private static final class LateBackend extends UnusedBackend {
    private int looks;

    @Override
    public LogPage logs(String jobId, String cursor) {
      return switch (looks++) {
        case 1 -> new LogPage(List.of("first"), "1");
        case 3 -> new LogPage(List.of("late"), "2");
        default -> new LogPage(List.of(), "0");
      };
    }

    @Override
    public Duration logLag() {
      return Duration.ofMillis(300);
    }
  }

  private static final class LoggedBackend extends UnusedBackend {
    @Override
    public LogPage logs(String jobId, String cursor) {
      return cursor == null
          ? new LogPage(List.of(jobId + " line 1"), "1")
          : new LogPage(List.of(), "1");
    }
  }

  @Test
  void templatesArePublishedFromWhatTheWorkersSay() {
    core.with(
        new EngineUnderTest() {
          @Override
          public String transformations(Settings settings) {
            return """
            [{"name":"shell","description":"Runs a program","variable_structures":
              {"command":{"datatype":"string","description":"What to run","required":true}}},
             {"name":"mock_load","description":"Loads","variable_structures":{},
              "state_type":"ingest"}]
            """;
          }
        });

    var preview = core.run("templates", "sync", "--dry-run", "--json").json();
    assertThat(preview.path("created").path(0).asText()).isEqualTo("shell");
    assertThat(core.run("templates", "--json").json()).hasSize(2);

    var synced = core.run("templates", "sync", "--json").json();
    assertThat(synced.path("changed").path(0).asText()).isEqualTo("mock_load");
    assertThat(synced.path("unknown").path(0).asText()).isEqualTo("mock_extract");
    assertThat(core.run("templates", "sync", "--json").json().path("unchanged")).hasSize(2);
    assertThat(core.run("templates").out()).contains("shell", "ingest");
    assertThat(core.run("templates", "show", "shell").out()).contains("command", "(must be set)");
    assertThat(core.run("templates", "show", "shel").err()).contains("there is: shell");
  }
}
