package dev.core.emulator;

import dev.core.emulator.batch.EventQueue;
import dev.core.emulator.batch.ProcessContainers;
import dev.core.emulator.servers.ObjectServer;
import dev.core.emulator.servers.QueueServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An emulated account to try cloud mode with: Batch that runs {@code corebot} as processes, a
 * database, secrets, a bucket and a queue of events. Started by {@code script/aws_emulator}; ends
 * with the process.
 */
public final class EmulatorProgram {

  private static final String BUCKET = "core-datasets";
  private static final String DEFINITION = "core_dev";
  private static final String QUEUE = "dev-core";
  private static final String EVENTS = "core-events";
  private static final String SECRET = "dev/database/configuration_application/";

  private EmulatorProgram() {}

  /**
   * @param arguments a folder to keep things in, the command that is {@code corebot}, the folder in
   *     which jobs run, and how many at once
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    List<String> corebot = List.of(arguments[1]);
    Path directory = Path.of(arguments[2]).toAbsolutePath();
    int slots = Integer.parseInt(arguments[3]);
    Files.createDirectories(home.resolve("objects").resolve(BUCKET));
    var postgres = EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
    var objects = ObjectServer.start(home.resolve("objects"), 0);
    var queues = QueueServer.start(0);
    URI events = queues.create(EVENTS);
    var aws =
        AwsEmulator.start(
            AwsEmulator.Options.brief(),
            new ProcessContainers(Map.of("corebot", corebot), directory));
    aws.batch().queue(QUEUE, slots, false, false);
    aws.batch().onEvent(new EventQueue(aws.time(), aws.faults(), queues.url(), events.toString()));
    aws.secrets().put(SECRET + "write", login(postgres.getPort(), null));
    aws.secrets().put(SECRET + "worker", login(postgres.getPort(), "corebot"));
    var environment = new TreeMap<>(aws.environment());
    environment.put("AWS_ENDPOINT_URL_S3", objects.url().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", queues.url().toString());
    environment.put("CORE_ENV", "dev");
    environment.put("CORE_MODE", "cloud");
    publish(aws.url(), environment);
    environment.put("CORE_AWS_ACCOUNT", AwsEmulator.ACCOUNT);
    environment.put("CORE_BATCH_EVENTS_QUEUE", events.toString());
    environment.put("CORE_DATASETS_ROOT", "s3://" + BUCKET);
    tell(home.resolve("environment"), environment);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  aws.close();
                  try {
                    postgres.close();
                  } catch (IOException e) {
                    System.err.println("the database did not stop: " + e.getMessage());
                  }
                },
                "end"));
    Thread.currentThread().join();
  }

  private static String login(int port, @Nullable String role) {
    return "{\"host\":\"127.0.0.1\",\"port\":%d,\"database\":\"postgres\",\"user\":\"postgres\",\"password\":\"postgres\"%s}"
        .formatted(port, role == null ? "" : ",\"role\":\"" + role + "\"");
  }

  /** The job definition that the set-up of a real account registers. */
  private static void publish(URI batch, Map<String, String> environment)
      throws IOException, InterruptedException {
    var variables =
        environment.entrySet().stream()
            .map(each ->
                "{\"name\":\"%s\",\"value\":\"%s\"}".formatted(each.getKey(), each.getValue()))
            .toList();
    call(
        URI.create(batch + "/v1/registerjobdefinition"),
        """
        {"jobDefinitionName": "%s", "type": "container", "containerProperties": {"image": "core:demo",
         "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}],
         "environment": [%s]}}
        """
            .formatted(DEFINITION, String.join(",", variables)));
  }

  private static void call(URI url, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " answered " + answer.statusCode() + ": " + answer.body());
      }
    }
  }

  /** Written at once: whoever sees the file may read it. */
  private static void tell(Path file, Map<String, String> environment) throws IOException {
    var text = new StringBuilder();
    environment.forEach((name, value) -> text.append("export %s='%s'%n".formatted(name, value)));
    Path draft = file.resolveSibling("environment.part");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
