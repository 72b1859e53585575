package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CoreCommandLineTest {

  @TempDir Path home;

  @Test
  void unknownCommandIsUsageErrorWithSuggestionAndUsage() {
    var ended = new CoreUnderTest(home).run("pipelnes");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("pipelnes", "core pipelines", "Usage: core");
  }

  @Test
  void unknownOptionIsUsageErrorOfItsCommand() {
    var ended = new CoreUnderTest(home).run("runs", "list", "--limt", "3");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--limt", "Usage: core runs list", "core runs list --help");
  }

  @Test
  void missingArgumentIsUsageError() {
    var ended = new CoreUnderTest(home).run("show");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("RUN", "Usage: core show");
  }

  @Test
  void noCommandAtAllListsThem() {
    var ended = new CoreUnderTest(home).run();

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Usage: core", "datasets", "migrate");
  }

  @Test
  void brokenSettingsAreToldAllAtOnce() {
    var ended =
        new CoreUnderTest(home)
            .with("CORE_HTTP_PORT", "abc")
            .with("CORE_NONSENSE", "1")
            .run("runs");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("CORE_HTTP_PORT", "abc", "CORE_NONSENSE")
        .doesNotContain("\tat ");
  }

  @Test
  void unreachableDatabaseIsToldInOneLine() {
    var core =
        new CoreUnderTest(home)
            .with("CORE_DATABASE_URL", "postgresql://127.0.0.1:1/core")
            .with("CORE_DATABASE_USER", "ada")
            .with("CORE_DATABASE_PASSWORD", "hidden-from-all");

    var ended = core.run("runs");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().strip().lines()).hasSize(1);
    assertThat(ended.err()).contains("127.0.0.1:1").doesNotContain("hidden-from-all");
    assertThat(core.run("runs", "--debug").err())
        .contains("\tat ")
        .doesNotContain("hidden-from-all");
  }

  @Test
  void everyCommandHasDescriptionAndExamplesThatAreCommandLines() {
    var console =
        Console.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    try (var context =
        new Context(
            Map.of(), home, console, new EngineUnderTest(), () -> "key", () -> Instant.EPOCH)) {
      for (var command : all(new CoreCommandLine(context).commands())) {
        var usage = command.getCommandSpec().usageMessage();
        assertThat(usage.description()).as(command.getCommandSpec().qualifiedName()).isNotEmpty();
        assertThat(usage.footer())
            .as("examples of " + command.getCommandSpec().qualifiedName())
            .isNotEmpty()
            .allMatch(line -> line.startsWith("  ") && line.contains("core "));
      }
    }
  }

  @Test
  void helpOfEveryCommandIsPrintedOnStandardOutput() {
    var ended = new CoreUnderTest(home).run("datasets", "cat", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: core datasets cat", "--json", "--debug", "Examples:");
  }

  private static List<CommandLine> all(CommandLine command) {
    var all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(each -> all.addAll(all(each)));
    return all;
  }
}
