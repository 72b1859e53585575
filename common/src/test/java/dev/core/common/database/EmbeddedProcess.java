package dev.core.common.database;

import static org.awaitility.Awaitility.await;

import dev.core.common.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process that opens the embedded database, then inserts a client for every line it reads. */
final class EmbeddedProcess {
  private EmbeddedProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (var database = Database.open(Settings.load(Map.of(), Path.of(arguments[0])));
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("open");
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        insertPatiently(database, line);
        System.out.println(line);
      }
    }
  }

  /** Tries again while the failure is one that passes. */
  static void insertPatiently(Database database, String client) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(failure -> TransientFailure.of(failure).isPresent())
        .until(() -> {
          insert(database, client);
          return true;
        });
  }

  static void insert(Database database, String client) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute("insert into configuration.clients (name) values (?)", client));
  }

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedProcess.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
