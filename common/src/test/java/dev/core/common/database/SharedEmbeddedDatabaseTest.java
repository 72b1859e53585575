package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEmbeddedDatabaseTest {
  @TempDir Path directory;

  @Test
  void whenTheHostingProcessIsKilledTheOthersGoOnAndNoCommitIsLost() throws Exception {
    var host = EmbeddedProcess.start(directory);
    var fromHost = host.inputReader(StandardCharsets.UTF_8);
    expect(fromHost, "open");
    var guest = EmbeddedProcess.start(directory);
    var fromGuest = guest.inputReader(StandardCharsets.UTF_8);
    expect(fromGuest, "open");
    try (var database = Database.open(Settings.load(Map.of(), directory))) {
      EmbeddedProcess.insert(database, "here_before");
      tell(guest, "guest_before");
      expect(fromGuest, "guest_before");
      tell(host, "host_before");
      expect(fromHost, "host_before");

      host.destroyForcibly().waitFor();

      EmbeddedProcess.insertPatiently(database, "here_after");
      tell(guest, "guest_after");
      expect(fromGuest, "guest_after");

      assertThat(clients(database))
          .containsExactly(
              "guest_after", "guest_before", "here_after", "here_before", "host_before");
    } finally {
      guest.destroyForcibly().waitFor();
    }
  }

  @Test
  void processesThatStartTogetherOnNothingMigrateOnce() throws Exception {
    var one = EmbeddedProcess.start(directory);
    var other = EmbeddedProcess.start(directory);
    try {
      expect(one.inputReader(StandardCharsets.UTF_8), "open");
      expect(other.inputReader(StandardCharsets.UTF_8), "open");
    } finally {
      one.destroyForcibly().waitFor();
      other.destroyForcibly().waitFor();
    }
  }

  private static List<String> clients(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select name from configuration.clients order by name")
                .mapTo(String.class)
                .list());
  }

  private static void tell(Process process, String line) throws IOException {
    var writer = process.outputWriter(StandardCharsets.UTF_8);
    writer.write(line + "\n");
    writer.flush();
  }

  private static void expect(BufferedReader reader, String line) throws IOException {
    assertThat(reader.readLine()).isEqualTo(line);
  }
}
