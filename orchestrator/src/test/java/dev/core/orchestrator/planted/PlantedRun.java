package dev.core.orchestrator.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.database.Database;
import dev.core.common.json.Json;
import dev.core.common.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * An installation in a folder, with a pipeline whose transformations use secrets and tell them, and
 * a server that runs it.
 */
final class PlantedRun implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern SERVING = Pattern.compile("serving (http://\\S+)/");

  /** Prints it, and leaves it in the result together with what proves that it was the right one. */
  private static final String SPEAKS =
      """
      echo "spoken: $TOKEN"
      echo "cried: $PASSWORD" >&2
      printf '{"said": "%s", "%s": 1, "length": %d}' "$TOKEN" "$PASSWORD" "$${#TOKEN}" > "$CORE_RESULT"
      """;

  private static final String FAILS = "echo \"refused for $TOKEN\" >&2; exit 3";
  private static final String LINGERS = "echo \"lingers with $TOKEN\"; sleep 60";

  private final Path folder;
  private final Map<String, String> environment;
  final Database database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();

  /**
   * @param settings of the server
   * @param database the settings of its database
   */
  PlantedRun(Path folder, Map<String, String> settings, Map<String, String> database) {
    this.environment = new TreeMap<>(settings);
    environment.put("CORE_HOME", folder.resolve("home").toString());
    environment.put("CORE_LOG_FILE", folder.resolve("log/core.jsonl").toString());
    environment.put("CORE_LOG_LEVEL", "debug");
    environment.put("CORE_HTTP_PORT", "0");
    var ours = new TreeMap<>(database);
    ours.put("CORE_HOME", folder.resolve("home").toString());
    this.folder = folder;
    this.database = Database.open(Settings.load(ours, folder));
  }

  /** Runs a pipeline of these to its end, a failure; what the API says of the run then. */
  JsonNode run(List<Map<String, Object>> transformations) throws Exception {
    var imported =
        new ConfigurationYaml(database.jdbi(), database.dialect())
            .apply(configuration(transformations), "tester");
    assertThat(imported).isInstanceOf(ImportResult.Accepted.class);
    String server = serve();
    var answer = Json.tree(ask("POST", server + "/api/pipelines/planted/runs", "{}"));
    String run = answer.path("run_id").asText();
    String url = server + "/api/runs/" + run;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> Json.tree(ask("GET", url, "")).findValue("status").asText().equals("FAILED"));
    for (String page :
        List.of(
            "/",
            "/api/runs",
            "/api/runs/" + run,
            "/api/runs/" + run + "/why",
            "/api/pipelines",
            "/api/pipelines/planted/why",
            "/api/pools",
            "/api/schedules",
            "/api/status")) {
      PlantedSecret.isNotIn(page, ask("GET", server + page, ""));
    }
    return Json.tree(ask("GET", url, ""));
  }

  private String serve() throws IOException {
    var process = start("server");
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var found = SERVING.matcher(Files.readString(output(process)));
              return found.find() ? found.group(1) : "";
            },
            url -> !url.isEmpty());
  }

  private Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.core.orchestrator.Core"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("core-" + started.size() + ".out").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CORE_"));
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    return process;
  }

  private Path output(Process process) {
    return folder.resolve("core-" + started.indexOf(process) + ".out");
  }

  private String ask(String method, String url, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", method, url, answer.body()).isLessThan(300);
    return answer.body();
  }

  private static String configuration(List<Map<String, Object>> transformations) {
    return Json.write(
        Map.of(
            "clients",
            List.of(Map.of("name", "acme", "brands", List.of(Map.of("name", "road")))),
            "pipeline_types",
            List.of(Map.of("name", "test")),
            "templates",
            List.of(
                Map.of(
                    "name",
                    "shell",
                    "variables",
                    Map.of(
                        "command", Map.of("datatype", "string"),
                        "secrets", Map.of("datatype", "json")))),
            "pipelines",
            List.of(
                Map.of(
                    "name",
                    "planted",
                    "client",
                    "acme",
                    "brand",
                    "road",
                    "type",
                    "test",
                    "states",
                    List.of(Map.of("state", "raw", "transformations", transformations))))));
  }

  /** Uses it, prints it, leaves it in its result. */
  static Map<String, Object> speaks() {
    return task(SPEAKS, "api/weather", 600);
  }

  /** Fails with it in its last words. */
  static Map<String, Object> fails() {
    return task(FAILS, "api/weather", 600);
  }

  /** Runs out of time. */
  static Map<String, Object> lingers() {
    return task(LINGERS, "api/weather", 2);
  }

  /** Asks for a secret that there is not. */
  static Map<String, Object> misses() {
    return task("true", "api/nowhere", 600);
  }

  private static Map<String, Object> task(String command, String token, int timeout) {
    return Map.of(
        "template",
        "shell",
        "attempts",
        "1",
        "timeout_seconds",
        String.valueOf(timeout),
        "variables",
        Map.of(
            "command",
            command,
            "secrets",
            Json.write(Map.of("TOKEN", token, "PASSWORD", "sftp/partner/read#password"))));
  }

  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
    database.close();
    http.close();
  }
}
