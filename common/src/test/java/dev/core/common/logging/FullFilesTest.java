package dev.core.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.LoggingSettings.Rolling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.5Z");

  @TempDir Path folder;

  @Test
  void aFileThatIsNotFullOrNotThereIsLeftAlone() throws IOException {
    files(10, 3).putAwayIfFull();
    write("core.jsonl", "short", NOON);

    files(10, 3).putAwayIfFull();

    assertThat(folder).isDirectoryContaining("glob:**/core.jsonl");
  }

  @Test
  void aFullFileGetsTheTimeOfItsLastLine() throws IOException {
    write("core.jsonl", "0123456789", NOON);

    files(10, 3).putAwayIfFull();

    assertThat(names()).containsExactly("core.jsonl.20261122-120000-500");
  }

  @Test
  void anotherOfTheSameTimeIsNotOverwritten() throws IOException {
    write("core.jsonl.20261122-120000-500", "first", NOON);
    write("core.jsonl", "0123456789", NOON);

    files(10, 3).putAwayIfFull();

    assertThat(names())
        .containsExactly("core.jsonl.20261122-120000-500", "core.jsonl.20261122-120000-500-2");
  }

  @Test
  void theNewestAreKeptIfTheyAreYoungEnoughAndNothingElseIsTouched() throws IOException {
    write("core.jsonl", "0123456789", NOON);
    write("core.jsonl.20261122-110000-000", "", NOON.minus(Duration.ofHours(1)));
    write("core.jsonl.20261122-100000-000", "", NOON.minus(Duration.ofHours(2)));
    write("core.jsonl.20261120-120000-000", "", NOON.minus(Duration.ofDays(2)));
    write("core.jsonl.copy", "", NOON.minus(Duration.ofDays(9)));
    write("other.jsonl.20261120-120000-000", "", NOON.minus(Duration.ofDays(9)));

    files(10, 9).putAwayIfFull();

    assertThat(names())
        .containsExactly(
            "core.jsonl.20261122-100000-000",
            "core.jsonl.20261122-110000-000",
            "core.jsonl.20261122-120000-500",
            "core.jsonl.copy",
            "other.jsonl.20261120-120000-000");

    write("core.jsonl", "0123456789", NOON.plusSeconds(1));
    files(10, 2).putAwayIfFull();

    assertThat(names())
        .containsExactly(
            "core.jsonl.20261122-120000-500",
            "core.jsonl.20261122-120001-500",
            "core.jsonl.copy",
            "other.jsonl.20261120-120000-000");
  }

  private FullFiles files(long bytes, int kept) {
    return new FullFiles(
        folder.resolve("core.jsonl"), new Rolling(bytes, kept, Duration.ofDays(1)));
  }

  private void write(String name, String text, Instant written) throws IOException {
    var file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
