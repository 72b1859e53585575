package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.configuration.ConfigurationMocker;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a pipeline has no run. */
class WhyCommandTest {

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

  private CoreUnderTest edited(String... statements) {
    return core.prepared(jdbi ->
        jdbi.useHandle(handle -> {
          for (var statement : statements) {
            handle.execute(statement);
          }
        }));
  }

  private static JsonNode why(CoreUnderTest core) {
    var ended = core.run("why", "mock_pipeline", "--json");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.json().path(0);
  }

  @Test
  void aPipelineWithoutFrequencyIsStartedByHand() {
    edited("update configuration.pipelines set run_frequency = null");

    assertThat(why(core).path("cause").asText()).isEqualTo("by_hand");
    assertThat(core.run("why", "mock_pipeline").out())
        .contains(
            "pipeline mock_pipeline: no run goes on", "started by hand", "core run mock_pipeline");
  }

  @Test
  void anInactiveOneAndAnInvalidOneAndAPausedOneSaySo() {
    assertThat(
            why(edited(
                    "update configuration.pipelines set run_frequency = 'daily', is_active = false"))
                .path("cause")
                .asText())
        .isEqualTo("inactive");
    assertThat(
            why(edited(
                    "update configuration.pipelines set is_active = true",
                    """
                    insert into execution.pauses (scope, paused_at, paused_by, reason)
                    values ('mock_pipeline', execution.clock(), 'ada', 'wrong year')
                    """))
                .path("text")
                .asText())
        .isEqualTo("the pipeline is paused by ada: wrong year");
    var invalid =
        why(
            edited(
                "delete from execution.pauses",
                "delete from configuration.transformation_variables"));
    assertThat(invalid.path("cause").asText()).isEqualTo("invalid");
    assertThat(invalid.path("remedy").asText()).contains("core validate mock_pipeline");
  }

  @Test
  void aScheduledOneSaysWhetherSomebodyLeadsAndWhichDateIsNext() {
    var daily = edited("update configuration.pipelines set run_frequency = 'daily'");

    assertThat(why(daily).path("cause").asText()).isEqualTo("no_leader");
    var led =
        edited(
            """
            update execution.leadership set holder = 'test', epoch = 1,
              expires_at = execution.clock() + interval '60' second
            """);
    assertThat(why(led).path("cause").asText()).isEqualTo("not_due");
    assertThat(why(led).path("text").asText()).startsWith("its next date is 20");
  }

  @Test
  void whenItsNewestRunIsOverThatIsToldFirst() {
    edited("update configuration.pipelines set run_frequency = null");
    core.prepared(jdbi -> new RecordedRuns(jdbi).failedRun(5, "mock_pipeline"));

    var out = core.run("why", "mock_pipeline").out();

    assertThat(out).containsSubsequence("run 5 of mock_pipeline", "no such column", "by hand");
    assertThat(core.run("why", "nowhere").err()).contains("there is no run or pipeline 'nowhere'");
  }
}
