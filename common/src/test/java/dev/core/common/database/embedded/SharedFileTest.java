package dev.core.common.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one file, that end, are killed and are stopped. */
class SharedFileTest {
  private static final int PROCESSES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SEED = 20_261_122;

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void createTables() {
    try (var database = Database.openUnmigrated(settings())) {
      SharingProcess.createTables(database, PROCESSES);
    }
  }

  @AfterEach
  void killAll() throws InterruptedException {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  /** As short commands do: whoever was first closes the file while the others are at work. */
  @Test
  void allOfManyThatOpenAClosedFileAtOnceSucceed() throws Exception {
    for (int round = 1; round <= 2; round++) {
      for (int row = 0; row < PROCESSES; row++) {
        start(row, 1 + row % 3);
      }
      for (int row = 0; row < PROCESSES; row++) {
        var process = started.get(row);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output(row)).isZero();
      }
      started.clear();
      assertNothingIsLost();
    }
  }

  @Test
  void whenAllAreKilledAtOnceNoCommitIsLost() throws Exception {
    var random = new Random(SEED);
    for (int round = 1; round <= 3; round++) {
      for (int row = 0; row < PROCESSES; row++) {
        start(row, 0);
      }
      awaitProgress(1 + random.nextInt(40));
      for (var process : started) {
        process.destroyForcibly();
      }
      killAll();
      started.clear();
      for (int row = 0; row < PROCESSES; row++) {
        assertThat(output(row)).as("what process %d said", row).doesNotContain("Exception");
      }
      assertNothingIsLost();
    }
  }

  /** Whoever takes its place would write to the file beside it, once it goes on. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aHostThatStandsStillIsWaitedFor() throws Exception {
    start(0, 0);
    awaitProgress(1);
    signal(started.getFirst(), "STOP");
    var second = start(1, 1);
    // Longer than it takes to be taken for dead by a lock that has to be renewed.
    assertThat(second.waitFor(5, TimeUnit.SECONDS)).isFalse();
    assertThat(SharingProcess.acknowledged(folder, 1)).isZero();

    signal(started.getFirst(), "CONT");

    assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).as(output(1)).isZero();
    killAll();
    assertNothingIsLost();
  }

  @Test
  void aClosedFileIsFreeForItsNextHost() {
    for (int i = 0; i < 3; i++) {
      try (var first = Database.openUnmigrated(settings());
          var second = Database.openUnmigrated(settings())) {
        assertThat(count(first)).isEqualTo(count(second)).isEqualTo(PROCESSES);
      }
      assertThat(folder.resolve(".core/database/core.host")).isEmptyFile();
    }
  }

  private static int count(Database database) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.select("select count(*) from counter").mapTo(Integer.class).one());
  }

  private Process start(int row, int commits) throws IOException {
    var process = SharingProcess.start(folder, row, commits);
    started.add(process);
    return process;
  }

  /** Each process that runs commits so often. */
  private void awaitProgress(int commits) throws IOException {
    var before = new long[started.size()];
    for (int row = 0; row < before.length; row++) {
      before[row] = SharingProcess.acknowledged(folder, row);
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          for (int row = 0; row < before.length; row++) {
            if (SharingProcess.acknowledged(folder, row) < before[row] + commits) {
              return false;
            }
          }
          return true;
        });
  }

  private void assertNothingIsLost() throws IOException {
    try (var database = Database.openUnmigrated(settings())) {
      for (int row = 0; row < PROCESSES; row++) {
        int id = row;
        long acknowledged = SharingProcess.acknowledged(folder, row);
        long n = one(database, "select n from counter where id = " + id);
        assertThat(n).as("number of process %d", row).isBetween(acknowledged, acknowledged + 1);
        assertThat(one(database, "select coalesce(max(n), 0) from log where id = " + id))
            .as("what was written in the same transaction")
            .isEqualTo(n);
      }
    }
  }

  private static long one(Database database, String query) {
    return database.jdbi().withHandle(handle -> handle.select(query).mapTo(Long.class).one());
  }

  private String output(int row) throws IOException {
    var file = folder.resolve("output-" + row);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private Settings settings() {
    return Settings.load(Map.of(), folder);
  }
}
