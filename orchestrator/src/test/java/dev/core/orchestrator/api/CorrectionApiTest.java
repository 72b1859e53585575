package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;

/** Clearing, retrying and marking over HTTP. */
class CorrectionApiTest {

  @BothDatabases
  void aDryRunAnswersWithWhatWouldBecomeOfEachTask(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");

      var answer =
          server.post(
              "/api/runs/1/clear",
              "{\"task\": \"flights_raw_shell_1\", \"downstream\": true, \"dry_run\": true}");

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      var json = answer.json();
      assertThat(json.path("run_id").asLong()).isEqualTo(1);
      assertThat(json.path("before").asText()).isEqualTo("FAILED");
      assertThat(json.path("after").asText()).isEqualTo("RUNNING");
      assertThat(json.path("changes").findValuesAsText("task"))
          .containsExactly("flights_raw_shell_1", "flights_ingest_sql_2");
      assertThat(commands(server)).isZero();
    }
  }

  @BothDatabases
  void whatIsAskedIsQueuedAndAnsweredWithTheRun(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");
      server.lead("{\"refused\":false,\"message\":\"run 1: 1 task runs again\",\"runId\":1}");

      var answer =
          server.post(
              "/api/runs/1/mark",
              """
              {"as": "succeeded", "state": "ingest", "reason": "by hand", "result": {"rows": 7}}
              """);

      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      assertThat(answer.header("Location")).isEqualTo("/api/runs/1");
      assertThat(answer.json().path("run_id").asLong()).isEqualTo(1);
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
                  {"command":"mark_tasks","runId":1,"as":"SUCCEEDED","reason":"by hand",
                   "result":{"rows":7},
                   "tasks":{"of":"state","state":"ingest","downstream":false}}
                  """));
    }
  }

  @BothDatabases
  void everyFaultOfABodyIsToldAtOnce(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");

      var answer =
          server.post(
              "/api/runs/1/mark",
              "{\"as\": \"done\", \"task\": \"a\", \"state\": \"b\", \"dry_run\": 1, \"x\": 2}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.json().path("errors"))
          .hasToString(
              """
              ["member 'x' is not known; allowed: task, state, downstream, reason, dry_run, as, result",\
              "name a 'task' or a 'state', not both","'dry_run' is '1'; allowed: true, false",\
              "'as' is 'done'; allowed: succeeded, failed, skipped"]\
              """);
    }
  }

  @BothDatabases
  void whatCannotBeIsRefusedAlsoInADryRun(TestDatabase database) throws Exception {
    try (var server = new ServerUnderTest(database)) {
      server.recorded().failedRun(1, "flights");

      var answer =
          server.post(
              "/api/runs/1/retry", "{\"task\": \"flights_raw_shell_1\", \"dry_run\": true}");

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.json().path("detail").asText())
          .contains("task 'flights_raw_shell_1' of run 1 is SUCCEEDED");
      assertThat(server.post("/api/runs/9/clear", "{}").status()).isEqualTo(404);
    }
  }

  private static int commands(ServerUnderTest server) {
    return server
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select count(*) from execution.commands")
                .mapTo(Integer.class)
                .one());
  }
}
