package dev.core.common.configuration.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the answer is a list of problems and never an exception. */
class HostileFileTest {

  private static final List<String> SPLINTERS =
      List.of(
          "",
          "~",
          "null",
          "[]",
          "{}",
          "- x",
          "a: b",
          "-1",
          "1e999",
          "99999999999999999999",
          "true",
          "\"\\0\"",
          "'",
          "\"",
          "|",
          ">",
          "*a",
          "&a x",
          "!!str 1",
          "${",
          "${x}",
          "$${",
          "\u0000",
          "\uD83C\uDF89",
          "x".repeat(300),
          "name: name",
          "[[[[",
          "0.001",
          "NaN",
          "2026-13-45",
          "''",
          "\t",
          "# ",
          "? ",
          ": ",
          "%");

  @Test
  void mutilatedFilesAreAnswered() throws IOException {
    var test = TestDatabases.h2();
    var yaml =
        new ConfigurationYaml(Database.over(test.dataSource(), Dialect.H2).jdbi(), Dialect.H2);
    var good = text("/dev/core/common/configuration/validation/good.yaml");
    var empty = yaml.export();
    var random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 400; i++) {
      var mutilated = mutilated(good, random);
      var result = new ArrayList<ImportResult>();

      assertThatCode(() -> result.add(yaml.preview(mutilated)))
          .as("round %d:%n%s", i, mutilated)
          .doesNotThrowAnyException();

      accepted += result.getFirst() instanceof ImportResult.Accepted ? 1 : 0;
    }
    assertThat(yaml.export()).isEqualTo(empty);
    assertThat(accepted).isBetween(5, 395);
  }

  private static String mutilated(String good, Random random) {
    var lines = new ArrayList<>(good.lines().toList());
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(lines.size());
      var line = lines.get(at);
      int colon = line.indexOf(": ");
      var splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
        case 3 -> lines.set(at, " " + line);
        default ->
            lines.set(at, (colon < 0 ? line + " " : line.substring(0, colon + 2)) + splinter);
      }
    }
    return String.join("\n", lines);
  }

  private static String text(String resource) throws IOException {
    try (var stream = HostileFileTest.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
