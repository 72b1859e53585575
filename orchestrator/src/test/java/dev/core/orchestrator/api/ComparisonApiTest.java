package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;

/** How runs differ, over HTTP. */
class ComparisonApiTest {

  @BothDatabases
  void twoRunsAreComparedAsTheCommandLineTellsIt(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");
      server.recorded().runningRun(2, "flights");

      var answer = server.get("/api/runs/1/diff/2");

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      var json = answer.json();
      assertThat(json.path("a").path("run_id").asLong()).isEqualTo(1);
      assertThat(json.path("b").path("run_id").asLong()).isEqualTo(2);
      assertThat(json.path("parameters").path(0).path("field").asText()).isEqualTo("year");
      assertThat(json.path("timings").path(0).path("status_a").asText()).isEqualTo("SUCCEEDED");
      assertThat(json.path("datasets").isArray()).isTrue();
    }
  }

  @BothDatabases
  void whatIsNotThereIsNamed(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");

      assertThat(server.get("/api/runs/1/diff/7").json().path("detail").asText())
          .isEqualTo("there is no run 7; GET /api/runs lists the runs");
      assertThat(server.get("/api/runs/8/diff/1").json().path("detail").asText())
          .contains("there is no run 8");
      assertThat(server.get("/api/runs/1/diff/last").status()).isEqualTo(404);
      assertThat(server.get("/api/runs/1/diff/1?by=field").status()).isEqualTo(400);
    }
  }
}
