package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.Settings;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.DatasetsCheck;
import dev.core.orchestrator.compute.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void anInstallationOfOneMachine() {
    core =
        new CoreUnderTest(home)
            .with(
                new OneMachine(
                    "[{\"name\": \"shell\", \"description\": \"runs\", \"variable_structures\": {}}]"));
  }

  /** Whose worker answers so. */
  private static final class OneMachine extends EngineUnderTest {
    private final String workers;

    OneMachine(String workers) {
      this.workers = workers;
    }

    @Override
    public String transformations(Settings settings) {
      if (workers.isEmpty()) {
        throw new Refused("corebot list failed with exit code 1");
      }
      return workers;
    }

    @Override
    public List<Finding> examine(Settings settings, Set<String> jobQueues) {
      return List.of(DatasetsCheck.finding(settings.datasetsRoot(), false));
    }
  }

  @Test
  void ofAHealthyMachineNothingIsWrong() {
    var ended = core.run("doctor");

    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(0);
    assertThat(ended.out().lines())
        .anyMatch(line -> line.matches("✔ mode +local"))
        .anyMatch(line -> line.matches("✔ database +.*"))
        .anyMatch(line ->
            line.matches("✔ migrations +[0-9]+ pending; the embedded database gets them .*"))
        .anyMatch(line -> line.matches("✔ workers +corebot starts and runs 1 templates; .*"))
        .anyMatch(line -> line.matches("✔ datasets +.*/datasets, to be made"))
        .endsWith("nothing is wrong");
    assertThat(core.prepared(_ -> {}).run("doctor").out().lines())
        .anyMatch(line -> line.matches("✔ migrations +at head"))
        .anyMatch(line -> line.matches("\\? leader +nobody leads now: .*"));
  }

  @Test
  void everythingThatIsWrongIsToldWithARemedy() throws Exception {
    Files.createFile(home.resolve("a-file"));
    var ended =
        core.with(new OneMachine(""))
            .with("CORE_DATASETS_ROOT", home.resolve("a-file/datasets").toString())
            .with("CORE_TRANSFORMATIONS_DIR", "no-such-folder")
            .with("CORE_SECRETS_FILE", "no-such-file.json")
            .run("doctor", "--json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.json())
        .filteredOn(each -> each.get("standing").asText().equals("BAD"))
        .extracting(each -> each.get("subject").asText())
        .containsExactly("workers", "transformations", "secrets", "datasets");
    assertThat(ended.json())
        .filteredOn(each -> each.get("standing").asText().equals("BAD"))
        .allSatisfy(each -> assertThat(each.get("remedy").asText()).isNotBlank());
  }

  @Test
  void aDatabaseThatIsNotMigratedIsNamedWithTheCommandThatDoesIt() throws Exception {
    try (var database = TestDatabases.emptyPostgres()) {
      var ended = CoreUnderTest.on(database, home).with(new OneMachine("[]")).run("doctor");

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.out()).contains("✘ migrations", "→ core migrate");
    }
  }

  @Test
  void aDatabaseOutOfReachAndAMissingSecretAreNamed() throws Exception {
    var unreachable =
        core.with("CORE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:9/core?connectTimeout=1")
            .run("doctor");
    assertThat(unreachable.code()).isEqualTo(1);
    assertThat(unreachable.out())
        .contains("✘ database", "→ start it, or correct the address and login");

    Files.writeString(home.resolve("secrets.json"), "{}");
    var secretless =
        new CoreUnderTest(home)
            .with(new OneMachine("[]"))
            .with("CORE_MODE", "cloud")
            .with("CORE_SECRETS_FILE", "secrets.json")
            .run("doctor");
    assertThat(secretless.code()).isEqualTo(1);
    assertThat(secretless.out())
        .contains(
            "✘ secret of the database",
            "✘ secret of the workers",
            "there is no secret 'dev/database/configuration_application/worker'");
  }
}
