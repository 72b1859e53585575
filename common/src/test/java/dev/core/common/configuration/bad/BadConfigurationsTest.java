package dev.core.common.configuration.bad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.ConstraintWords;
import dev.core.common.configuration.validation.ConfigurationSnapshot;
import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import dev.core.common.configuration.yaml.FileText;
import dev.core.common.configuration.yaml.ImportResult;
import dev.core.common.configuration.yaml.YamlProblem;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.Ec2Sizes;
import dev.core.common.definition.FargateSizes;
import dev.core.common.definition.SizeRule;
import dev.core.common.definition.SizesOfQueues;
import dev.core.common.variables.Checked;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration of the corpus is refused before a run, with what a person needs to know. */
class BadConfigurationsTest {

  private static Database database;
  private static ConfigurationYaml yaml;
  private static String before;

  @BeforeAll
  static void load() {
    database = loaded(TestDatabases.h2());
    yaml = new ConfigurationYaml(database.jdbi(), database.dialect());
    before = yaml.export();
  }

  private static Database loaded(TestDatabase test) {
    var opened = Database.over(test.dataSource(), Dialect.of(test.url()));
    var result =
        new ConfigurationYaml(opened.jdbi(), opened.dialect())
            .apply(BadConfiguration.base(), "ann");
    assertThat(result)
        .isInstanceOfSatisfying(
            ImportResult.Accepted.class, accepted -> assertThat(accepted.warnings()).isEmpty());
    return opened;
  }

  static Stream<BadConfiguration> files() {
    return BadConfiguration.of("yaml", "#!").stream();
  }

  @Test
  void thereAreTwoHundredAndMore() {
    assertThat(files()).hasSizeGreaterThan(200);
    assertThat(BadConfiguration.of("sql", "--!")).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("files")
  void importRefusesTheFileAndChangesNothing(BadConfiguration bad) {
    int edits = edits();

    var problems =
        switch (FileText.of(bad.input())) {
          case Checked.Invalid<String>(var found) -> found;
          case Checked.Valid<String>(var text) -> refusal(yaml.apply(text, "eve"));
        };

    ProblemText.check(bad, problems);
    assertThat(yaml.export()).isEqualTo(before);
    assertThat(edits()).as("edits that were recorded").isEqualTo(edits);
  }

  private static List<String> refusal(ImportResult result) {
    return switch (result) {
      case ImportResult.Accepted accepted -> throw new AssertionError("imported: " + accepted);
      case ImportResult.Refused(var problems) ->
          problems.stream().map(YamlProblem::toString).toList();
    };
  }

  private static int edits() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.select("select count(*) from auditing.events").mapTo(Integer.class).one());
  }

  @BothDatabases
  void editsOfTheStoreAreRefusedByConstraintOrValidation(TestDatabase test) {
    try (var opened = loaded(test)) {
      tried(opened, "sql", SizeRule.ANY);
      tried(opened, "fargate", new FargateSizes());
      tried(
          opened, "queues", new SizesOfQueues(new Ec2Sizes(), Map.of("cheap", new FargateSizes())));
      assertThat(new ConfigurationYaml(opened.jdbi(), opened.dialect()).export()).isEqualTo(before);
    }
  }

  private static void tried(Database opened, String folder, SizeRule sizes) {
    for (var bad : BadConfiguration.of(folder, "--!")) {
      opened
          .jdbi()
          .useHandle(handle -> {
            handle.begin();
            try {
              ProblemText.check(bad, edited(handle, bad, sizes));
            } finally {
              handle.rollback();
            }
          });
    }
  }

  /** What the database says, or else what validation finds and the start of a run is told. */
  private static List<String> edited(Handle handle, BadConfiguration bad, SizeRule sizes) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.execute(bad.text());
    } catch (SQLException e) {
      return List.of(
          ConstraintWords.of(e).orElseThrow(() -> new AssertionError(bad + " has no words", e)));
    }
    var problems =
        errors(ConfigurationValidation.validate(ConfigurationSnapshot.read(handle), sizes));
    if (!bad.text().contains("--? start accepted")) {
      assertThat(handle.select("select name from configuration.pipelines").mapTo(String.class))
          .as("a pipeline that cannot be started after %s", bad)
          .anyMatch(name ->
              !errors(ConfigurationValidation.validatePipeline(handle, name, Map.of(), sizes))
                  .isEmpty());
    }
    for (var name : handle.select("select name from configuration.pipelines").mapTo(String.class)) {
      assertThat(ConfigurationValidation.errorsOfPipeline(handle, name, Map.of(), sizes))
          .as("what a start of %s is told after %s", name, bad)
          .isEqualTo(
              ConfigurationValidation.validatePipeline(handle, name, Map.of(), sizes).stream()
                  .filter(Problem::isError)
                  .toList());
    }
    return problems;
  }

  private static List<String> errors(List<Problem> problems) {
    return problems.stream().filter(Problem::isError).map(Problem::toString).toList();
  }
}
