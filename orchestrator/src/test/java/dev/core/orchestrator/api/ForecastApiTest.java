package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.store.RecordedConfiguration;

/** Forecasts over HTTP. */
class ForecastApiTest {

  @BothDatabases
  void aForecastTellsMakespanCriticalPathAndWhatWaits(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      RecordedConfiguration.waves(server.jdbi(), "flights");

      var answer = server.get("/api/pipelines/flights/forecast?default_duration=2m");

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      var json = answer.json();
      assertThat(json.path("pipeline").asText()).isEqualTo("flights");
      assertThat(json.path("status").asText()).isEqualTo("SUCCEEDED");
      assertThat(json.path("makespan").asText())
          .isEqualTo("PT%dM".formatted(2 * json.path("critical_path").size()));
      assertThat(json.path("tasks").findValuesAsText("key"))
          .containsSequence("flights_raw_shell_1", "flights_ingest_sql_2");
      assertThat(json.path("slow").path(0).has("ten_percent")).isTrue();
      assertThat(json.path("history_runs")).isEmpty();
    }
  }

  @BothDatabases
  void whatIsNotKnownOrWrongIsNamedAllAtOnce(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      RecordedConfiguration.waves(server.jdbi(), "flights");

      var unknown = server.get("/api/pipelines/flights/forecast");
      assertThat(unknown.status()).isEqualTo(409);
      assertThat(unknown.json().path("detail").asText())
          .contains("has no run that succeeded", "flights_raw_shell_1", "default_duration=5m");
      var wrong =
          server.get("/api/pipelines/flights/forecast?default_duration=soon&slots=0&history=x");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.json().path("errors")).hasSize(3);
      assertThat(server.get("/api/pipelines/nothing/forecast").status()).isEqualTo(404);
    }
  }
}
