package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.store.RecordedConfiguration;

/** Rerunning over HTTP. */
class RerunApiTest {

  @BothDatabases
  void aDryRunAnswersWithWhatIsTakenOverAndWhyTheOthersRun(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");
      RecordedConfiguration.waves(server.jdbi(), "flights");

      var json = server.post("/api/runs/1/rerun", "{\"dry_run\": true}").json();

      assertThat(json.path("run_id").asLong()).isEqualTo(1);
      assertThat(json.path("taken").asInt()).isEqualTo(1);
      assertThat(json.path("tasks"))
          .isEqualTo(
              Json.tree(
                  """
                  [{"task":"flights_raw_shell_1","state":"raw","wave":0,
                    "from":{"runId":1,"task":1,"attempt":1}},
                   {"task":"flights_ingest_sql_2","state":"ingest","wave":1,
                    "because":"FAILED in run 1"}]
                  """));
      assertThat(json.path("definition").findValuesAsText("field")).contains("parameters[year]");
    }
  }

  @BothDatabases
  void whatIsAskedIsQueuedAndWhatCannotBeIsRefusedWithEveryFault(TestDatabase database)
      throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");
      server.recorded().runningRun(2, "flights");
      RecordedConfiguration.waves(server.jdbi(), "flights");

      var refused =
          server.post(
              "/api/runs/1/rerun",
              "{\"parameters\": {\"year\": \"x\", \"colour\": 1}, \"dry_run\": true}");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("errors")).hasSize(2);
      assertThat(server.post("/api/runs/2/rerun", "{\"dry_run\": true}").json().path("detail"))
          .asString()
          .contains("run 2 is RUNNING");
      assertThat(server.post("/api/runs/9/rerun", "{}").status()).isEqualTo(404);

      var asked = server.post("/api/runs/1/rerun", "{\"parameters\": {\"year\": 2009}}");

      assertThat(asked.status()).as(asked.body()).isEqualTo(202);
      var body =
          server
              .jdbi()
              .withHandle(handle ->
                  handle
                      .createQuery("select body from execution.commands")
                      .mapTo(String.class)
                      .one());
      assertThat(Json.tree(body))
          .isEqualTo(
              Json.tree(
                  """
                  {"command":"rerun_run","runId":1,"trigger":"api","everything":false,
                   "parameters":{"year":"2009"}}
                  """));
    }
  }
}
