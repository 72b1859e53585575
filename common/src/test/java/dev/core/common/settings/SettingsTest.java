package dev.core.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void defaultsNeedNothing() {
    var settings = Settings.load(Map.of(), directory);

    assertThat(settings.environment()).isEqualTo(Environment.DEV);
    assertThat(settings.mode()).isEqualTo(Mode.LOCAL);
    assertThat(settings.home()).isEqualTo(directory.resolve(".core"));
    assertThat(settings.isDatabaseConfigured()).isFalse();
    assertThat(settings.database().isEmbedded()).isTrue();
    assertThat(settings.database().url())
        .startsWith("jdbc:h2:async:" + directory.resolve(".core/database/core"))
        .contains("WRITE_DELAY=0", "MAX_COMPACT_TIME=0", "DEFAULT_NULL_ORDERING=HIGH");
    assertThat(settings.datasetsRoot()).isEqualTo(directory.resolve(".core/datasets").toString());
    assertThat(settings.localSlots()).isGreaterThanOrEqualTo(2);
    assertThat(settings.claims().lease()).isEqualTo(Duration.ofSeconds(120));
    assertThat(settings.logging().file()).isNull();
    assertThat(settings.actor()).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void environmentWinsOverDotEnv() throws IOException {
    dotEnv("CORE_BRANCH=from_file", "export CORE_HTTP_PORT=\"9000\" # a comment", "OTHER=x");

    var settings = Settings.load(Map.of("CORE_BRANCH", "from_env"), directory);

    assertThat(settings.branch()).isEqualTo("from_env");
    assertThat(settings.httpPort()).isEqualTo(9000);
  }

  @Test
  void anEmptyVariableMeansUnset() throws IOException {
    dotEnv("CORE_DATABASE_URL=jdbc:postgresql://db/core");

    var settings = Settings.load(Map.of("CORE_DATABASE_URL", ""), directory);

    assertThat(settings.isDatabaseConfigured()).isFalse();
  }

  @Test
  void allFaultsAreReportedAtOnceWithNameValueAndWhatIsAllowed() throws IOException {
    dotEnv("CORE_MODE=lokal", "what is this");

    var problem =
        catchThrowableOfType(
            SettingsProblem.class,
            () ->
                Settings.load(
                    Map.of(
                        "CORE_HTTP_PORT", "eighty",
                        "CORE_DATABSE_URL", "x",
                        "CORE_WHATEVER_THIS_IS", "1",
                        "CORE_CLAIM_STOP_SECONDS", "200"),
                    directory));

    assertThat(problem.problems())
        .containsExactly(
            ".env, line 2 is not a setting; allowed: NAME=value, or # and a comment",
            "CORE_MODE in .env is 'lokal'; allowed: simulated, local, virtual, cloud",
            "CORE_DATABSE_URL is not a setting; did you mean CORE_DATABASE_URL?",
            "CORE_HTTP_PORT is 'eighty'; allowed: a whole number from 0 to 65535",
            "CORE_WHATEVER_THIS_IS is not a setting; .env.template lists all that are",
            "CORE_CLAIM_LEASE_SECONDS is '120'; allowed: more than CORE_CLAIM_STOP_SECONDS, which is"
                + " '200'");
    assertThat(problem).hasMessageStartingWith("6 settings are wrong:\n  .env, line 2");
  }

  @Test
  void uatAndProdFindTheirDatabaseInASecretUnlessItIsNamed() {
    assertThat(Settings.load(Map.of("CORE_ENV", "prod"), directory).isDatabaseSecret()).isTrue();
    assertThat(
            Settings.load(
                    Map.of("CORE_ENV", "uat", "CORE_DATABASE_URL", "postgresql://db/core"),
                    directory)
                .isDatabaseSecret())
        .isFalse();
    assertThat(Settings.load(Map.of("CORE_MODE", "cloud"), directory).isDatabaseSecret()).isTrue();
    assertThat(Settings.load(Map.of(), directory).isDatabaseSecret()).isFalse();
  }

  @Test
  void aFileOfSecretsIsForDevOnly() {
    var problem =
        catchThrowableOfType(
            SettingsProblem.class,
            () ->
                Settings.load(
                    Map.of("CORE_ENV", "prod", "CORE_SECRETS_FILE", "s.json"), directory));

    assertThat(problem.problems())
        .containsExactly(
            "CORE_SECRETS_FILE is 's.json'; a file of secrets is for dev only, and CORE_ENV is"
                + " 'prod'");
  }

  @Test
  void aDatabaseUrlIsTakenAsPeopleWriteIt() {
    var settings =
        Settings.load(
            Map.of("CORE_DATABASE_URL", "postgresql://ann:p%40ss@db:5433/core?sslmode=require"),
            directory);

    assertThat(settings.database())
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db:5433/core?sslmode=require", "ann", "p@ss", 10, null));
  }

  @Test
  void loginSettingsWinOverTheUrl() {
    var settings =
        Settings.load(
            Map.of(
                "CORE_DATABASE_URL", "jdbc:postgresql://db/core?user=u&password=secret1",
                "CORE_DATABASE_USER", "ann",
                "CORE_DATABASE_PASSWORD", "secret2"),
            directory);

    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db/core");
    assertThat(settings.database().user()).isEqualTo("ann");
    assertThat(settings.database().password()).isEqualTo("secret2");
  }

  @Test
  void workersGiveUpRightsUnlessTheyHaveALogin() {
    var url = Map.of("CORE_DATABASE_URL", "jdbc:postgresql://db/core", "CORE_DATABASE_USER", "ann");
    var shared = Settings.load(url, directory).workerDatabase("corebot");
    var own =
        Settings.load(
                Map.of(
                    "CORE_DATABASE_URL", "jdbc:postgresql://db/core",
                    "CORE_WORKER_DATABASE_USER", "bot",
                    "CORE_WORKER_DATABASE_PASSWORD", "x"),
                directory)
            .workerDatabase("corebot");

    assertThat(shared.user()).isEqualTo("ann");
    assertThat(shared.role()).isEqualTo("corebot");
    assertThat(own.user()).isEqualTo("bot");
    assertThat(own.role()).isNull();
  }

  @Test
  void passwordsAreNeverShown() {
    var environment =
        Map.of(
            "CORE_DATABASE_URL", "postgresql://ann:hunter2@db/core",
            "CORE_DATABASE_PASSWORD", "hunter2",
            "CORE_WORKER_DATABASE_PASSWORD", "hunter2");
    var settings = Settings.load(environment, directory);
    var problem =
        catchThrowableOfType(
            SettingsProblem.class,
            () ->
                Settings.load(Map.of("CORE_DATABASE_URL", "mysql://ann:hunter2@db/c"), directory));

    assertThat(settings.toString()).contains("CORE_DATABASE_URL").doesNotContain("hunter2");
    assertThat(settings.database().toString()).doesNotContain("hunter2");
    assertThat(settings.workerDatabase("corebot").toString()).doesNotContain("hunter2");
    assertThat(problem).hasMessageNotContaining("hunter2");
  }

  @Test
  void aChildProcessGetsTheSameSettings() throws IOException {
    dotEnv("CORE_HTTP_PORT=9000", "CORE_BRANCH=dev");
    var settings = Settings.load(Map.of("CORE_BRANCH", ""), directory);

    var child = Settings.load(settings.forChildProcess(), directory);

    assertThat(child.toString()).isEqualTo(settings.toString());
    assertThat(child.httpPort()).isEqualTo(9000);
    assertThat(child.branch()).isEqualTo("main");
  }

  @Test
  void aWorkerProcessGetsNoOtherLoginThanItsOwn() throws IOException {
    dotEnv("CORE_DATABASE_PASSWORD=hunter2");
    var settings =
        Settings.load(
            Map.of(
                "CORE_DATABASE_URL", "postgresql://ann:hunter2@db/core",
                "CORE_WORKER_DATABASE_USER", "bot",
                "CORE_WORKER_DATABASE_PASSWORD", "x"),
            directory);

    assertThat(settings.forWorkerProcess().toString()).doesNotContain("hunter2", "ann");
    var worker = Settings.load(settings.forWorkerProcess(), directory);
    assertThat(worker.workerDatabase("corebot")).isEqualTo(settings.workerDatabase("corebot"));
    assertThat(worker.database().password()).isNull();
  }

  @Test
  void aWorkerWithoutALoginOfItsOwnGetsTheOneThereIs() {
    var settings =
        Settings.load(Map.of("CORE_DATABASE_URL", "postgresql://ann:hunter2@db/core"), directory);

    var worker = Settings.load(settings.forWorkerProcess(), directory);

    assertThat(worker.workerDatabase("corebot")).isEqualTo(settings.workerDatabase("corebot"));
  }

  @Test
  void theLoginOfAWorkerTakesNothingFromThatOfTheOthers() {
    var settings =
        Settings.load(
            Map.of(
                "CORE_DATABASE_URL", "postgresql://ann:hunter2@db/core",
                "CORE_WORKER_DATABASE_USER", "bot"),
            directory);

    assertThat(settings.workerDatabase("corebot").password()).isNull();
  }

  private void dotEnv(String... lines) throws IOException {
    Files.writeString(directory.resolve(".env"), String.join("\n", lines));
  }

  @Test
  void whatAShellTransformationFindsInItsEnvironmentIsNoUnknownSetting() {
    var environment =
        Map.of(
            "CORE_RUN_ID", "1",
            "CORE_TASK_KEY", "p_raw_shell_1",
            "CORE_LOGICAL_DATE", "2001-01-01T00:00:00Z",
            "CORE_PARTITION", "0",
            "CORE_PARTITIONS", "1",
            "CORE_INPUT_FLIGHTS", "/in",
            "CORE_OUTPUT", "/out",
            "CORE_OUTPUT_DELAYS", "/out",
            "CORE_RESULT", "/result");

    assertThatCode(() -> Settings.load(environment, Path.of("/nowhere")))
        .doesNotThrowAnyException();
  }

  @Test
  void aSharedFileIsOneOfTheSchemeOfTheDefault() {
    var shared = Settings.load(Map.of(), directory).database().sharedFile();

    assertThat(shared.map(EmbeddedUrl::file)).contains(directory.resolve(".core/database/core"));
    assertThat(shared.map(EmbeddedUrl::direct))
        .contains(Settings.load(Map.of(), directory).database().url());
    assertThat(sharedFile("jdbc:h2:async:/data/core").map(EmbeddedUrl::options)).contains("");
    assertThat(sharedFile("jdbc:h2:async:/data/core;AUTO_SERVER=TRUE")).isEmpty();
    assertThat(sharedFile("jdbc:h2:async:./core")).isEmpty();
    assertThat(sharedFile("jdbc:h2:mem:core")).isEmpty();
    assertThat(sharedFile("jdbc:postgresql://db/core")).isEmpty();
  }

  @Test
  void aSemicolonInAFolderIsRefusedWithItsReason() {
    var settings = Settings.load(Map.of("CORE_HOME", "/tmp/a;b"), directory);

    assertThatIllegalArgumentException()
        .isThrownBy(settings::database)
        .withMessageContaining("/tmp/a;b/database/core")
        .withMessageContaining("semicolon");
  }

  private Optional<EmbeddedUrl> sharedFile(String url) {
    return Settings.load(Map.of("CORE_DATABASE_URL", url), directory).database().sharedFile();
  }

  @Test
  void whatSizesThereAreDependsOnTheQueue() {
    var settings =
        Settings.load(
            Map.of(
                "CORE_MODE",
                "cloud",
                "CORE_BATCH_QUEUE_PLATFORMS",
                "dev-cheap=fargate, dev-big = EC2"),
            directory);

    assertThat(settings.sizes().problem(new BigDecimal("0.25"), 512, null))
        .hasValueSatisfying(problem -> assertThat(problem).contains("on EC2"));
    assertThat(settings.sizes().problem(new BigDecimal("0.25"), 512, "dev-cheap")).isEmpty();
    assertThat(settings.sizes().problem(BigDecimal.TEN, 200_000, "dev-big")).isEmpty();
    assertThat(
            Settings.load(Map.of("CORE_MODE", "local"), directory)
                .sizes()
                .problem(BigDecimal.TEN, 1, null))
        .isEmpty();
    assertThatThrownBy(
            () -> Settings.load(Map.of("CORE_BATCH_QUEUE_PLATFORMS", "dev-cheap"), directory))
        .hasMessageContaining("CORE_BATCH_QUEUE_PLATFORMS")
        .hasMessageContaining("queue=ec2 or queue=fargate");
    assertThatThrownBy(() -> Settings.load(Map.of("CORE_BATCH_QUEUE", "a queue"), directory))
        .hasMessageContaining("ARN of a job queue");
  }
}
