package dev.core.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as bytes, which no well-behaved client would send, and what comes back. */
@Timeout(60)
class WireTest {

  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws Exception {
    server = new ServerUnderTest(TestDatabases.h2());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** What came back, with the names of headers in lower case. */
  private record Answer(int status, Map<String, String> headers, String body) {
    JsonNode problem() {
      assertThat(headers.get("content-type")).startsWith("application/problem+json");
      var problem = Json.tree(body);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("title").asText()).isNotBlank();
      assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("\n");
      assertThat(body)
          .doesNotContainIgnoringCase("jetty")
          .doesNotContainIgnoringCase("jackson")
          .doesNotContainIgnoringCase("javalin")
          .doesNotContainIgnoringCase("exception")
          .doesNotContain("token", "<html");
      return problem;
    }

    String detail() {
      return problem().path("detail").asText();
    }
  }

  private static Answer send(String request) throws IOException {
    var uri = server.uri("");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      var head = text.substring(0, end).lines().toList();
      var headers = new HashMap<String, String>();
      for (var line : head.subList(1, head.size())) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return new Answer(
          Integer.parseInt(head.getFirst().split(" ")[1]), headers, text.substring(end + 4));
    }
  }

  private static Answer get(String method, String path, String... headers) throws IOException {
    return send(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
            .formatted(method, path, String.join("", headers)));
  }

  private static Answer post(String path, String body, String... headers) throws IOException {
    return get(
        "POST",
        path,
        "Content-Type: application/json\r\n",
        "Content-Length: %d\r\n%s"
            .formatted(body.getBytes(StandardCharsets.ISO_8859_1).length, String.join("", headers)),
        "\r\n" + body);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/nothing",
    "POST,/api/nothing",
    "DELETE,/api/nothing",
    "GET,/assets/nothing.js",
    "GET,/api/runs/12/nothing",
  })
  void whatIsNotThereIsSaidOnce(String method, String path) throws Exception {
    var answer = get(method, path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail())
        .containsOnlyOnce(path)
        .containsOnlyOnce(method)
        .doesNotContainIgnoringCase("endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,/api/runs,GET",
    "PUT,/api/runs/1,GET",
    "PATCH,/api/pipelines,GET",
    "GET,/api/pipelines/flights/runs,POST",
    "DELETE,/api/pipelines/flights/runs,POST",
    "OPTIONS,/api/runs,GET",
    "TRACE,/api/runs,GET",
  })
  void methodThatIsNotPossibleIsToldWithThoseThatAre(String method, String path, String allowed)
      throws Exception {
    var answer = get(method, path);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().get("allow")).contains(allowed);
    assertThat(answer.detail()).contains(method, path, allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../../etc/passwd",
        "/assets/../..",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fetc/passwd",
        "/assets/%252e%252e/x",
        "//etc/passwd",
        "/api//runs",
        "/api/runs;jsessionid=1",
        "/api/runs/%00",
        "/%",
        "/%zz",
        "/api/runs/%ff",
        "/..",
      })
  void pathsThatLeadElsewhereAreToldAsProblems(String path) throws Exception {
    var answer = get("GET", path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.detail()).isNotBlank();
    assertThat(answer.body()).doesNotContain("root:");
  }

  @Test
  void malformedRequestsAreToldAsProblems() throws Exception {
    assertThat(send("nonsense\r\n\r\n").status()).isEqualTo(400);
    assertThat(send("GET /api/runs HTTP/1.1\r\nConnection: close\r\n\r\n").problem()).isNotNull();
    assertThat(get("GET", "/api/runs?x=" + "y".repeat(20_000)).problem()).isNotNull();
    assertThat(get("GET", "/api/runs", "X: " + "y".repeat(20_000) + "\r\n").problem()).isNotNull();
    assertThat(get("GET", "/api/runs", "Host: evil.example\r\n").problem()).isNotNull();
    assertThat(
            send("GET http://evil.example/api/runs HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n\r\n")
                .status())
        .isIn(400, 421);
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html",
    "/api/runs,application/json",
    "/api/pipelines,application/json",
    "/api/health,application/json",
    "/assets/core.css,text/css",
  })
  void headSaysWhatGetWouldSend(String path, String type) throws Exception {
    var head = get("HEAD", path);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().get("content-type")).startsWith(type);
    assertThat(head.body()).isEmpty();
    assertThat(get("HEAD", "/api/nothing").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"parameters\": {\"year\": 2008}|it ends too early: an object is not closed",
        "{\"parameters\": {'year': 2008}}|double quotes",
        "{\"parameters\": {year: 2008}}|double quotes",
        "{\"parameters\": {\"year\": 2008},}|double quotes",
        "{\"logical_date\": yesterday}|'yesterday' is neither a text in double quotes nor",
        "{\"parameters\": {\"year\": 1, \"year\": 2}}|the member 'year' is there twice",
        "{\"parameters\": {\"year\": 0123}}|begins with 0",
        "{\"parameters\": {\"year\": NaN}}|'NaN'",
        "{} {}|something follows after its end",
        "{\"logical_date\": \"a\tb\"}|control character",
        "{\"logical_date\": \"\\x\"}|unknown escape",
        "{\"logical_date\": \"\u00e9\"}|UTF-8",
      })
  void brokenJsonIsToldWithItsPlaceInOurWords(String body, String words) throws Exception {
    var answer = post("/api/pipelines/flights/runs", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail())
        .startsWith("the body is not JSON: ")
        .contains(words)
        .containsPattern("\\(line \\d, column \\d+\\)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"parameters\": {\"year\": 1e999999999}}",
        "{\"parameters\": {\"year\": -1e-999999999}}",
        "{\"parameters\": {\"year\": \"\\u0000\"}}",
        "{\"parameters\": {\"year\": \"\\ud800\"}}",
        "{\"parameters\": {\"\\u0000\": 1}}",
        "{\"parameters\": {\"../../x\": 1}}",
        "{\"parameters\": {\"year\": {\"a\": 1}}}",
        "{\"parameters\": {\"year\": \"${run_id}\"}}",
      })
  void valuesThatNobodyCanUseAreListed(String body) throws Exception {
    var answer = post("/api/pipelines/flights/runs", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem().path("errors")).isNotEmpty();
    assertThat(answer.body()).hasSizeLessThan(1000);
  }

  @Test
  void contentTypesAndEncodingsThatAreNotServedAreToldAsProblems() throws Exception {
    var path = "/api/pipelines/flights/runs";
    for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
      var answer =
          get("POST", path, "Content-Type: " + type + "\r\n", "Content-Length: 2\r\n", "\r\n{}");
      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.detail()).contains(type, "application/json");
    }
    assertThat(get("POST", path, "Content-Length: 2\r\n", "\r\n{}").status()).isEqualTo(415);
    assertThat(post(path, "{}", "Idempotency-Key: a\tb\r\n").status()).isEqualTo(400);
    assertThat(post(path, "{}", "Idempotency-Key: " + "k".repeat(201) + "\r\n").detail())
        .contains("1 to 200");
    assertThat(post(path, "{}", "Origin: http://localhost.evil.example\r\n").status())
        .isEqualTo(403);
  }

  @Test
  void refusalOfTheLeaderIsListed() throws Exception {
    try (var other = new ServerUnderTest(TestDatabases.h2())) {
      other.lead(
          "{\"refused\":true,\"message\":\"pipeline cannot run:\\n  a\\n  b\",\"runId\":null}");

      var answer = other.post("/api/pipelines/flights/runs", "{}");

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.json().path("detail").asText()).isEqualTo("pipeline cannot run");
      assertThat(answer.json().path("errors")).hasSize(2);
    }
  }

  @Test
  void runsAreListedPageByPage() throws Exception {
    try (var other = new ServerUnderTest(TestDatabases.h2())) {
      for (int run = 1; run <= 5; run++) {
        other.recorded().failedRun(run, "flights");
      }
      var seen = new ArrayList<Long>();
      String next = "/api/runs?pipeline=flights&status=FAILED&limit=2";
      int pages = 0;
      while (!next.isEmpty()) {
        var page = other.get(next);
        page.json().forEach(run -> seen.add(run.path("run_id").asLong()));
        next = page.header("Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        pages++;
      }
      assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
      assertThat(pages).isEqualTo(3);
      assertThat(other.get("/api/runs?before=x").status()).isEqualTo(400);
      assertThat(other.get("/api/runs?limit=5").header("Link")).isEmpty();
    }
  }
}
