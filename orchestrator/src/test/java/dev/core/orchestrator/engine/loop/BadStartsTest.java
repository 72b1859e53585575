package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.bad.BadConfiguration;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.SizeRule;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.store.NextIds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The leader starts no run of a bad configuration, and gives its reasons line by line. */
class BadStartsTest {

  private static final RunMachine MACHINE =
      new RunMachine(
          new RetryPolicy(
              3, Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(60)));

  @BothDatabases
  void noRunOfABadConfigurationIsStarted(TestDatabase test) {
    try (var database = Database.over(test.dataSource(), Dialect.of(test.url()))) {
      assertThat(
              new ConfigurationYaml(database.jdbi(), database.dialect())
                  .apply(BadConfiguration.base(), "ann"))
          .isInstanceOf(ImportResult.Accepted.class);
      int refused = 0;
      for (var bad : BadConfiguration.of("sql", "--!")) {
        refused +=
            database
                .jdbi()
                .withHandle(handle -> {
                  handle.begin();
                  try {
                    return tried(handle, bad);
                  } finally {
                    handle.rollback();
                  }
                });
      }
      assertThat(refused).as("edits that the database lets pass").isGreaterThan(40);
    }
  }

  /** 1, unless a constraint has refused the edit before. */
  private static int tried(Handle handle, BadConfiguration bad) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(bad.text());
    } catch (SQLException _) {
      return 0;
    }
    if (bad.text().contains("--? start accepted")) {
      return 0;
    }
    var answers =
        handle.select("select name from configuration.pipelines").mapTo(String.class).stream()
            .map(name -> start(handle, name))
            .filter(CommandAnswer::refused)
            .toList();
    assertThat(answers).as("refused starts after %s", bad).isNotEmpty();
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.runId()).isNull();
          List<String> lines = answer.message().lines().toList();
          assertThat(lines.getFirst()).startsWith("pipeline '").endsWith("cannot run:");
          assertThat(lines).hasSizeGreaterThan(1);
          assertThat(lines.subList(1, lines.size()))
              .allMatch(line -> line.startsWith("  error: ") || line.startsWith("  parameter "));
        });
    return 1;
  }

  private static CommandAnswer start(Handle handle, String pipeline) {
    var draft =
        new Draft(
            new ActiveRuns(), MACHINE, NextIds.read(handle), Instant.parse("2026-11-22T06:00:00Z"));
    var answer =
        new Starting(new ConfigurationCheck(SizeRule.ANY))
            .start(handle, draft, new Command.StartRun(pipeline, "manual", Map.of(), null), "eve");
    assertThat(draft.runs()).hasSize(answer.refused() ? 0 : 1);
    return answer;
  }
}
