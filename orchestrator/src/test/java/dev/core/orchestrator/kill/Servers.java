package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.process.LiveProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Several {@code core server} of one installation. */
final class Servers implements AutoCloseable {

  private static final Pattern SERVING = Pattern.compile("serving (http://\\S+)");

  private final Installed installed;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();

  Servers(Installed installed) {
    this.installed = installed;
  }

  /** Starts one and waits until it serves. */
  Process start() {
    var process = installed.programs.core("server");
    processes.add(process);
    await("serving")
        .atMost(Installed.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> SERVING.matcher(installed.programs.output(process)).find());
    return process;
  }

  /** Whoever has a lease that runs, once one of them has. */
  Process awaitLeader() {
    return awaitLeaderAfter(-1);
  }

  /** The first one to lead after that epoch. */
  Process awaitLeaderAfter(long epoch) {
    await("a leader")
        .atMost(Installed.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            installed.number(
                    """
                    select count(*) from execution.leadership
                    where expires_at > execution.clock() and epoch >\
                    """
                        + " "
                        + epoch)
                == 1);
    long pid =
        Long.parseLong(installed.text("select holder from execution.leadership").split("/")[1]);
    return processes.stream().filter(each -> each.pid() == pid).findFirst().orElseThrow();
  }

  Process other(Process one) {
    return processes.stream()
        .filter(each -> each.isAlive() && each.pid() != one.pid())
        .findFirst()
        .orElseThrow();
  }

  long epoch() {
    return installed.number("select epoch from execution.leadership");
  }

  /** It does nothing from here on, and does not know. */
  static void stop(Process process) {
    signal(process, "STOP");
  }

  static void wake(Process process) {
    signal(process, "CONT");
  }

  private static void signal(Process process, String signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      assertThat(kill.waitFor()).as("kill -%s %d", signal, process.pid()).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode get(Process server, String path) {
    return send(HttpRequest.newBuilder(uri(server, path)).GET());
  }

  /** Asks for a run, again under the same key until the leader has answered; its id. */
  long startRun(Process server, String pipeline) {
    var key = UUID.randomUUID().toString();
    return await("a run")
        .atMost(Installed.PATIENCE)
        .until(
            () ->
                send(HttpRequest.newBuilder(uri(server, "api/pipelines/" + pipeline + "/runs"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("{}")))
                    .path("run_id")
                    .asLong(),
            run -> run > 0);
  }

  void awaitRole(Process server, String role) {
    await(role)
        .atMost(Installed.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get(server, "api/health").path("role").asText().equals(role));
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      return Json.tree(
          client
              .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private URI uri(Process server, String path) {
    var serving = SERVING.matcher(installed.programs.output(server));
    assertThat(serving.find()).isTrue();
    return URI.create(serving.group(1)).resolve(path);
  }

  /** A stopped one could not be ended otherwise than by force, which the installation does. */
  @Override
  public void close() {
    client.close();
    processes.stream().filter(each -> LiveProcess.isAlive(each.toHandle())).forEach(Servers::wake);
  }
}
