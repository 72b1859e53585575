package dev.core.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
  @TempDir Path directory;

  @Test
  void peopleReadStandardErrorAndProgramsStandardOutput() throws Exception {
    var ended = LoggingProcess.run(directory, Map.of());

    assertThat(ended.out()).isEqualTo("result\n");
    assertThat(ended.err())
        .satisfiesExactly(
            line -> assertThat(line).contains("INFO  leads  epoch=3  run=7  task=p_raw_x_1"),
            line -> assertThat(line).endsWith("ERROR failed  run=7  task=p_raw_x_1: broken"));
  }

  @Test
  void theFileHoldsTheSameFieldsAsJsonAndTheStackTrace() throws Exception {
    var file = directory.resolve("logs/core.jsonl");

    var ended = LoggingProcess.run(directory, Map.of("CORE_LOG_FILE", file.toString()));

    var lines = Files.readAllLines(file);
    assertThat(ended.code()).isZero();
    assertThat(lines).hasSize(2);
    var first = Json.tree(lines.getFirst());
    assertThat(first.path("message").asText()).isEqualTo("leads");
    assertThat(first.path("level").asText()).isEqualTo("INFO");
    assertThat(first.path("run").asText()).isEqualTo("7");
    assertThat(first.path("task").asText()).isEqualTo("p_raw_x_1");
    assertThat(first.path("mode").asText()).isEqualTo("local");
    assertThat(first.path("epoch").asInt()).isEqualTo(3);
    assertThat(first.path("@timestamp").asText()).endsWith("Z");
    assertThat(Json.tree(lines.getLast()).path("stack_trace").asText())
        .contains("IllegalStateException: broken", "at dev.core.common.logging.LoggingProcess");
  }

  /** Two processes at once: none loses a line, whoever puts the file away. */
  @Test
  void aFullFileIsPutAwayAndNoLineIsLost() throws Exception {
    var settings =
        Map.of(
            "CORE_LOG_FILE",
            directory.resolve("core.jsonl").toString(),
            "CORE_LOG_FILE_MEGABYTES",
            "1");

    var one = LoggingProcess.start(directory, settings, "one", 12_000);
    var other = LoggingProcess.start(directory, settings, "other", 12_000);

    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    var lines = new ArrayList<String>();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        assertThat(Files.size(file)).isLessThan(2_000_000);
        lines.addAll(Files.readAllLines(file));
      }
    }
    assertThat(lines.stream().map(line -> Json.tree(line).path("message").asText()))
        .doesNotHaveDuplicates()
        .hasSize(2 * 12_000);
  }

  @Test
  void theLevelIsThatOfCoreAndLibrariesAreQuieter() throws Exception {
    var ended = LoggingProcess.run(directory, Map.of("CORE_LOG_LEVEL", "debug"));

    assertThat(ended.err())
        .anyMatch(line -> line.contains("DEBUG why"))
        .anyMatch(line -> line.contains("INFO  chatter"))
        .anyMatch(line -> line.contains("at dev.core.common.logging.LoggingProcess"));
  }

  @Test
  void linesGoToLogstash() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var received = CompletableFuture.supplyAsync(() -> received(server));

      LoggingProcess.run(
          directory,
          Map.of(
              "LOGSTASH_HOST",
              "127.0.0.1",
              "LOGSTASH_PORT",
              String.valueOf(server.getLocalPort())));

      assertThat(received.get(20, TimeUnit.SECONDS).lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(Json.tree(line).path("run").asText()).isEqualTo("7"));
    }
  }

  @Test
  void aLogstashThatIsAwayDelaysNothing() throws Exception {
    var ended =
        LoggingProcess.run(directory, Map.of("LOGSTASH_HOST", "127.0.0.1", "LOGSTASH_PORT", "1"));

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo("result\n");
    assertThat(ended.err()).filteredOn(line -> line.startsWith("logging: ")).hasSize(1);
  }

  @Test
  void aLogFileThatCannotBeWrittenIsAnError() throws Exception {
    var ended = LoggingProcess.run(directory, Map.of("CORE_LOG_FILE", directory.toString()));

    assertThat(ended.code()).isNotZero();
    assertThat(ended.err()).anyMatch(line -> line.contains("CORE_LOG_FILE is '" + directory));
  }

  private static String received(ServerSocket server) {
    try (var socket = server.accept()) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
