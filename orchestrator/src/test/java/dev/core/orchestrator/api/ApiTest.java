package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.store.OrchestratorRows;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ApiTest {

  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    server = new ServerUnderTest(TestDatabases.h2());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void processIsUpAndReadyOnlyWhenSomebodyLeads() throws Exception {
    assertThat(server.get("/api/health").json().path("status").asText()).isEqualTo("up");

    var before = server.get("/api/ready");
    assertThat(before.status()).isEqualTo(503);
    assertThat(before.body()).contains("nobody leads");

    server.lead("{}");
    var ready = server.get("/api/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("role").asText()).isEqualTo("stand_by");
    assertThat(ready.json().path("leader").path("holder").asText()).isEqualTo("test");
    assertThat(server.get("/api/health").json().path("role").asText()).isEqualTo("stand_by");
  }

  @BothDatabases
  void statusTellsWhoLeadsWhoStandsByAndWhatThereIsToDo(TestDatabase database) throws Exception {
    try (var other = new ServerUnderTest(database)) {
      other.recorded().runningRun(1, "flights");
      other.lead("{}");
      new OrchestratorRows(other.jdbi()).beat("test");
      new OrchestratorRows(other.jdbi()).beat("second");
      new OrchestratorRows(other.jdbi()).beat("second");

      var status = other.get("/api/status").json();

      assertThat(status.path("leader").path("epoch").asLong()).isEqualTo(1);
      assertThat(status.path("orchestrators")).hasSize(2);
      assertThat(status.path("standing_by").path(0).path("holder").asText()).isEqualTo("second");
      assertThat(status.path("runs").path("RUNNING").asInt()).isEqualTo(1);
      assertThat(status.path("live_tasks").asInt()).isEqualTo(1);
      new OrchestratorRows(other.jdbi()).leave("second");
      assertThat(other.get("/api/status").json().path("orchestrators")).hasSize(1);
    }
  }

  @BothDatabases
  void schedulesAreReadAndPausesAskedForOnBothDatabases(TestDatabase database) throws Exception {
    try (var other = new ServerUnderTest(database)) {
      other.recorded().failedRun(1, "flights");
      database.execute("update configuration.pipelines set run_frequency = 'daily'");

      assertThat(other.get("/api/schedules").json().path(0).path("status").asText())
          .isEqualTo("ON_TIME");
      assertThat(other.get("/api/pipelines/flights/schedule?next=3").json().path("upcoming"))
          .hasSize(3);
      assertThat(other.get("/api/pipelines/flights/schedule?next=x").status()).isEqualTo(400);
      assertThat(other.get("/api/pipelines/nowhere/schedule").status()).isEqualTo(404);
      assertThat(other.post("/api/pipelines/nowhere/pause", "{}").status()).isEqualTo(404);
      var asked = other.post("/api/pipelines/flights/pause", "{\"reason\": \"late\"}");
      assertThat(asked.status()).isEqualTo(202);
      assertThat(asked.json().path("status").asText()).isEqualTo("PENDING");
      assertThat(other.post("/api/resume", "{\"reason\": \"late\"}").status()).isEqualTo(400);
    }
  }

  @BothDatabases
  void runsAndPipelinesAreReadOnBothDatabases(TestDatabase database) throws Exception {
    try (var other = new ServerUnderTest(database)) {
      other.recorded().failedRun(1, "flights");
      other.recorded().runningRun(2, "flights");

      assertThat(
              other.get("/api/pipelines").json().path(0).path("newest_run").path("run_id").asLong())
          .isEqualTo(2);
      assertThat(other.get("/api/runs").json()).hasSize(2);
      assertThat(other.get("/api/runs?pipeline=flights&status=failed&limit=1").json()).hasSize(1);
      var run = other.get("/api/runs/1").json();
      assertThat(run.path("status").asText()).isEqualTo("FAILED");
      assertThat(run.path("tasks")).hasSize(4);
    }
  }

  @BothDatabases
  void poolsAreListedWithTheirUse(TestDatabase database) throws Exception {
    try (var other = new ServerUnderTest(database)) {
      database.execute("insert into configuration.pools (name, slots) values ('licences', 3)");

      var pool = other.get("/api/pools").json().path(0);

      assertThat(pool.path("name").asText()).isEqualTo("licences");
      assertThat(pool.path("slots").asInt()).isEqualTo(3);
      assertThat(pool.path("used").asInt()).isZero();
      assertThat(pool.path("holders")).isEmpty();
    }
  }

  @BothDatabases
  void whyAPipelineHasNoRunIsTold(TestDatabase database) throws Exception {
    try (var other = new ServerUnderTest(database)) {
      assertThat(other.get("/api/pipelines/flights/why").json().path("cause").asText())
          .isEqualTo("invalid");
      other.recorded().runningRun(1, "flights");
      assertThat(other.get("/api/pipelines/flights/why").json().path("run_id").asLong())
          .isEqualTo(1);
      assertThat(other.get("/api/pipelines/nowhere/why").status()).isEqualTo(404);
      assertThat(other.get("/api/runs/9/why").status()).isEqualTo(404);
    }
  }

  @Test
  void startedRunIsCreatedOnceForOneKey() throws Exception {
    server.recorded().runningRun(7, "flights");
    server.lead("{\"refused\":false,\"message\":\"run 7\",\"runId\":7}");
    var body = "{\"parameters\":{\"year\":2009},\"logical_date\":\"2026-11-22T06:00:00Z\"}";

    var first = server.post("/api/pipelines/flights/runs", body, "Idempotency-Key", "k1");
    var second = server.post("/api/pipelines/flights/runs", body, "Idempotency-Key", "k1");
    var other = server.post("/api/pipelines/flights/runs", "{}", "Idempotency-Key", "k1");

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.header("Location")).isEqualTo("/api/runs/7");
    assertThat(first.json().path("run_id").asLong()).isEqualTo(7);
    assertThat(second.status()).isEqualTo(201);
    assertThat(other.status()).isEqualTo(422);
    var commands =
        server
            .jdbi()
            .withHandle(handle ->
                handle.select("select body from execution.commands").mapTo(String.class).list());
    assertThat(commands).hasSize(1).first().asString().contains("\"year\":\"2009\"", "api");
  }

  @Test
  void withoutLeaderTheCommandIsQueuedAndCanBeAskedFor() {
    var queued = server.post("/api/pipelines/flights/runs", "");

    assertThat(queued.status()).isEqualTo(202);
    assertThat(queued.header("Location")).startsWith("/api/commands/");
    assertThat(server.get(queued.header("Location")).json().path("status").asText())
        .isEqualTo("PENDING");
  }

  @Test
  void refusalOfTheLeaderIsConflict() throws Exception {
    server.recorded().failedRun(1, "flights");
    server.lead("{\"refused\":true,\"message\":\"run 1 has ended\"}");

    var answer = server.post("/api/runs/1/cancel", "{\"reason\":\"why not\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("detail").asText()).isEqualTo("run 1 has ended");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"parameters\":{\"yaer\":1}}|422|yaer",
        "{\"parameters\":{\"year\":\"abc\"}}|422|abc",
        "{\"parameters\":{\"year\":null}}|400|parameters.year",
        "{\"parameters\":[]}|400|object",
        "{\"paramters\":{}}|400|paramters",
        "{\"logical_date\":\"yesterday\"}|400|yesterday",
        "{\"logical_date\":5}|400|logical_date",
        "{\"logical_date\":\"2026-11-22T06:00:00Z\",\"logical_date\":\"x\"}|400|logical_date",
        "{\"parameters\":|400|not JSON",
        "{} {}|400|not JSON",
        "[]|400|array",
        "7|400|number",
      })
  void brokenBodiesAreToldAsProblems(String body, int status, String words) {
    var answer = server.post("/api/pipelines/flights/runs", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains(words);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
  }

  @Test
  void deepAndLargeBodiesAreRefused() {
    var deep = "[".repeat(5000) + "]".repeat(5000);
    assertThat(server.post("/api/pipelines/flights/runs", deep).status()).isEqualTo(400);
    var large = "{\"parameters\":{\"year\":\"" + "1".repeat(70_000) + "\"}}";
    assertThat(server.post("/api/pipelines/flights/runs", large).status()).isEqualTo(413);
    var wide = new StringBuilder("{\"parameters\":{\"a\":1");
    for (var i = 0; i < 300; i++) {
      wide.append(",\"p").append(i).append("\":1");
    }
    assertThat(server.post("/api/pipelines/flights/runs", wide.append("}}").toString()).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/runs?limit=0|400",
        "/api/runs?limit=abc|400",
        "/api/runs?status=odd|400",
        "/api/runs?staus=failed|400",
        "/api/runs?limit=1&limit=2|400",
        "/api/pipelines?limit=1|400",
        "/api/runs/99|404",
        "/api/runs/abc|404",
        "/api/runs/99999999999999999999|404",
        "/api/commands/5|404",
        "/api/runs/events|406",
        "/api/nothing|404",
        "/nothing|404",
        "/runs/12|404",
      })
  void wrongAddressesAreToldAsProblems(String path, int status) {
    var answer = server.get(path);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("detail").asText()).isNotBlank();
  }

  @Test
  void unknownPipelineAndMethodAreToldAsProblems() {
    assertThat(server.post("/api/pipelines/flihgts/runs", "{}").status()).isEqualTo(404);
    assertThat(server.post("/api/pipelines", "{}").status()).isEqualTo(405);
    assertThat(server.post("/api/pipelines/flights/runs", "{}", "Idempotency-Key", "a b").status())
        .isEqualTo(400);
  }

  @Test
  void otherWebSitesCannotChangeAnything() {
    var path = "/api/pipelines/flights/runs";
    assertThat(server.post(path, "{}", "Content-Type", "text/plain").status()).isEqualTo(415);
    assertThat(server.post(path, "{}", "Origin", "http://evil.example").status()).isEqualTo(403);
    assertThat(server.post(path, "{}", "Origin", "null").status()).isEqualTo(403);
    assertThat(server.post(path, "{}", "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
    var own = server.uri("").toString();
    assertThat(server.post(path, "{}", "Origin", own).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example,421",
    "evil.example:8080,421",
    "127.0.0.1.evil.example,421",
    "localhost:8080,200",
    "core,200",
    "127.0.0.1:8080,200",
    "[::1]:8080,200",
    "core.localhost,200",
  })
  void namesThatOthersCouldOwnAreNotServed(String host, int status) throws Exception {
    var uri = server.uri("");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      var request =
          "GET /api/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void changesOfRunsAreSentAsTheyHappenAndMissedOnesAfterwards() throws Exception {
    server.recorded().failedRun(1, "flights");
    var uri = server.uri("");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      var request =
          "GET /api/runs/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
              + "Last-Event-ID: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(next(lines, "data:")).contains("\"run_id\":1");

      server.recorded().runningRun(2, "flights");
      assertThat(next(lines, "id:")).contains("2");
      assertThat(next(lines, "data:")).contains("\"run_id\":2", "RUNNING");
    }
  }

  private static String next(BufferedReader lines, String beginning) throws Exception {
    while (true) {
      var line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }

  @Test
  void headersKeepPagesToThemselves() {
    var answer = server.get("/");

    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(List.of(answer.header("Content-Type"))).first().asString().contains("text/html");
  }
}
