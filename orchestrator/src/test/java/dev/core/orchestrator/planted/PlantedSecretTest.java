package dev.core.orchestrator.planted;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.cloud.EmulatedAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transformations use secrets, print them, leave them in their results, fail and run out of time
 * with them. Their values are in no table, file, log stream, page, answer, event or request.
 */
class PlantedSecretTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void inLocalModeNothingKeepsAValue() throws Exception {
    var secrets = folder.resolve("secrets.json");
    Files.writeString(
        secrets,
        Json.write(
            Map.of(
                "dev/api/weather/read",
                PlantedSecret.TOKEN,
                "all/sftp/partner/read",
                Json.tree(PlantedSecret.LOGIN))));
    try (var planted =
        new PlantedRun(folder, Map.of("CORE_SECRETS_FILE", secrets.toString()), Map.of())) {
      var run =
          planted.run(
              List.of(
                  PlantedRun.speaks(),
                  PlantedRun.fails(),
                  PlantedRun.lingers(),
                  PlantedRun.misses()));
      planted.stop();

      saysWhatHappened(run);
      assertThat(Json.write(run))
          .contains("there is no secret 'dev/api/nowhere/read', nor 'all/api/nowhere/read'");
      PlantedSecret.isNotInFiles(folder, secrets);
      planted.database.jdbi().useHandle(handle -> PlantedSecret.isNotIn(handle.getConnection()));
      assertThat(logs(folder.resolve("home")))
          .anyMatch(text -> text.contains("spoken: (hidden)"))
          .anyMatch(text -> text.contains("lingers with (hidden)"));
    }
  }

  @Test
  @Tag("cloud")
  void inCloudModeNothingKeepsAValue() throws Exception {
    var events = new CopyOnWriteArrayList<String>();
    try (var server = TestDatabases.postgres();
        var postgres =
            new TestDatabase(
                server.vendor(), server.url(), server.user(), PlantedSecret.DATABASE_PASSWORD);
        var account = new EmulatedAccount(folder, postgres, 4, false);
        var planted = new PlantedRun(folder, account.environment(), settings(postgres))) {
      var aws = account.aws();
      aws.batch().onEvent(event -> events.add(event.toString()));
      aws.secrets().put("dev/api/weather/read", PlantedSecret.TOKEN);
      aws.secrets().put("all/sftp/partner/read", PlantedSecret.LOGIN);
      account.publish(
          Map.of(
              "CORE_HOME", folder.resolve("jobs").toString(),
              "CORE_LOG_LEVEL", "debug",
              "CORE_LOG_FORMAT", "json"));
      // Each job costs the start of a JVM.
      var run = planted.run(List.of(PlantedRun.speaks(), PlantedRun.fails()));
      planted.stop();

      saysWhatHappened(run);
      PlantedSecret.isNotInFiles(folder, folder);
      planted.database.jdbi().useHandle(handle -> PlantedSecret.isNotIn(handle.getConnection()));
      var lines = String.join("\n", aws.logs().lines());
      assertThat(lines).contains("spoken: (hidden)", "cried: (hidden)");
      PlantedSecret.isNotIn("the log streams", lines);
      var requests = String.valueOf(aws.batch().submissions());
      assertThat(requests).contains("corebot");
      PlantedSecret.isNotIn("the requests of SubmitJob", requests);
      assertThat(events).isNotEmpty();
      PlantedSecret.isNotIn("the events", String.valueOf(events));
    }
  }

  private static Map<String, String> settings(TestDatabase postgres) {
    return Map.of(
        "CORE_DATABASE_URL", postgres.url(),
        "CORE_DATABASE_USER", postgres.user(),
        "CORE_DATABASE_PASSWORD", postgres.password());
  }

  /** It was the right value, and what shows of it is that there was one. */
  private static void saysWhatHappened(JsonNode run) {
    var said = Json.write(run);
    assertThat(said)
        .contains(
            "\"said\":\"(hidden)\"",
            "\"(hidden)\":1",
            "\"length\":" + PlantedSecret.TOKEN.length(),
            "the command exited with 3: refused for (hidden)");
  }

  private static List<String> logs(Path home) throws Exception {
    try (Stream<Path> all = Files.walk(home)) {
      var texts = new TreeMap<String, String>();
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (file.toString().endsWith(".log")) {
          texts.put(file.toString(), Files.readString(file));
        }
      }
      return List.copyOf(texts.values());
    }
  }
}
