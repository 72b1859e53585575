package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/migrations");

  @Test
  void bothVendorFoldersHoldTheSameVersions() throws IOException {
    assertThat(versioned("h2")).isEqualTo(versioned("postgresql")).isNotEmpty();
  }

  @Test
  void everyMigrationIsNamedByItsTimeAndWhatItDoes() throws IOException {
    for (var folder : List.of("shared", "h2", "postgresql")) {
      assertThat(versioned(folder))
          .allMatch(name -> name.matches("V\\d{14}__[a-z0-9]+(_[a-z0-9]+)*\\.sql"));
    }
  }

  @Test
  void noVersionIsUsedTwice() throws IOException {
    assertThat(versioned("shared")).doesNotContainAnyElementsOf(versioned("h2"));
  }

  private static List<String> versioned(String folder) throws IOException {
    try (var files = Files.list(FOLDER.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("V"))
          .sorted()
          .toList();
    }
  }
}
