package dev.core.common.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.database.DatabaseLogin;
import dev.core.common.settings.Settings;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.wire.Faults.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Secrets over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("cloud")
class SecretsManagerTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "aws.region", AwsEmulator.REGION,
          "aws.accessKeyId", "emulated",
          "aws.secretAccessKey", "emulated");

  private final AtomicLong nanos = new AtomicLong();
  private AwsEmulator aws;
  private Secrets secrets;

  @TempDir private Path directory;

  @BeforeAll
  void start() {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}));
    System.setProperty("aws.endpointUrlSecretsManager", aws.url().toString());
    PROPERTIES.forEach(System::setProperty);
    secrets = new Secrets("uat", new SecretsManagerSource(), nanos::get);
  }

  @AfterAll
  void stop() {
    System.clearProperty("aws.endpointUrlSecretsManager");
    PROPERTIES.keySet().forEach(System::clearProperty);
    aws.close();
  }

  private int calls() {
    return aws.faults().calls("GetSecretValue");
  }

  @Test
  void aValueIsReadOnceAndAgainAfterFiveMinutes() {
    aws.secrets().put("uat/general/token/read", "one");
    var secret = Secret.parse("token", "uat");
    int before = calls();
    assertThat(secrets.value(secret).reveal()).isEqualTo("one");
    aws.secrets().put("uat/general/token/read", "two");
    assertThat(secrets.value(secret).reveal()).isEqualTo("one");
    assertThat(calls() - before).isEqualTo(1);

    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(secrets.value(secret).reveal()).isEqualTo("two");
  }

  @Test
  void aBinarySecretIsToldToBeOne() {
    aws.secrets().putBinary("uat/general/keystore/read", "cGxhbnRlZC12YWx1ZQ==");

    assertThatThrownBy(() -> secrets.value("keystore"))
        .isInstanceOf(SecretMalformed.class)
        .hasMessage(
            "secret 'uat/general/keystore/read' of AWS Secrets Manager is binary; only text can be"
                + " used: store it as SecretString");
  }

  @Test
  void whatAllEnvironmentsShareIsTakenUnlessTheEnvironmentIsNamed() {
    aws.secrets().put("all/sftp/shared/read", "shared");

    assertThat(secrets.value("sftp/shared").reveal()).isEqualTo("shared");
    assertThatThrownBy(() ->
            new Secrets("uat", new SecretsManagerSource(), nanos::get)
                .value("uat/sftp/shared/read"))
        .isInstanceOf(SecretMissing.class)
        .hasMessage("there is no secret 'uat/sftp/shared/read'; looked in: AWS Secrets Manager");
  }

  @Test
  void aDeniedCallSaysWhichSecretAndWhatAwsSays() {
    aws.secrets().put("uat/sftp/closed/read", "planted-value");
    aws.secrets().deny("uat/sftp/closed/read");

    assertThatThrownBy(() -> secrets.value("sftp/closed"))
        .isInstanceOf(SecretUnavailable.class)
        .hasMessageContaining(
            "secret 'uat/sftp/closed/read' cannot be read from AWS Secrets Manager")
        .hasMessageContaining("AccessDeniedException")
        .hasMessageNotContaining("planted-value");
  }

  @Test
  void faultsOfTheServiceAreOvercome() {
    aws.secrets().put("uat/general/flaky/read", "value");
    aws.faults().next("GetSecretValue", Fault.SERVER_ERROR, Fault.LOST_BEFORE, Fault.THROTTLED);

    assertThat(secrets.value("flaky").reveal()).isEqualTo("value");
  }

  @Test
  void shapesHaveTheirFieldsAndHideTheirPasswords() {
    aws.secrets()
        .put(
            "uat/database/sales/write",
            "{\"user\":\"u\",\"password\":\"planted-value\",\"host\":\"db\",\"port\":5433,\"database\":\"d\",\"schema\":\"s\",\"role\":\"r\"}");
    aws.secrets()
        .put(
            "uat/sftp/partner/read",
            "{\"user\":\"u\",\"password\":\"planted-value\",\"host\":\"h\"}");
    aws.secrets()
        .put(
            "uat/s3/partner/read",
            "{\"access_key_id\":\"a\",\"secret_access_key\":\"planted-value\",\"bucket\":\"b\"}");
    aws.secrets()
        .put(
            "uat/email/reports/write",
            "{\"user\":\"u\",\"password\":\"planted-value\",\"host\":\"h\",\"from\":\"f\"}");

    var database = secrets.database("sales", "write");
    assertThat(database)
        .isEqualTo(
            new DatabaseSecret("u", "planted-value", "db", 5433, "d", "s", "postgresql", "r"));
    assertThat(database.url()).isEqualTo("jdbc:postgresql://db:5433/d");
    assertThat(secrets.fileServer("sftp", "partner", "read"))
        .isEqualTo(new FileServerSecret("u", "planted-value", "h", 22, "sftp", null));
    assertThat(secrets.s3("partner", "read").bucket()).isEqualTo("b");
    assertThat(secrets.email("reports", "write").port()).isEqualTo(587);
    for (Object shape :
        new Object[] {
          database,
          secrets.fileServer("sftp", "partner", "read"),
          secrets.s3("partner", "read"),
          secrets.email("reports", "write")
        }) {
      assertThat(shape.toString()).doesNotContain("planted-value");
    }
  }

  @Test
  void anFtpServerIsNoSftpServerUnlessItSaysSo() {
    String login = "\"user\":\"u\",\"password\":\"planted-value\",\"host\":\"h\"";

    assertThat(SecretShape.FTP.read("ftp/x", "{" + login + "}"))
        .isEqualTo(new FileServerSecret("u", "planted-value", "h", 21, "ftp", null));
    assertThat(SecretShape.FTP.read("ftp/x", "{" + login + ",\"method\":\"sftp\"}").port())
        .isEqualTo(22);
    assertThatThrownBy(() ->
            SecretShape.SFTP.read(
                "sftp/x",
                "{" + login + ",\"method\":\"planted-value\",\"mode\":\"planted-value\"}"))
        .isInstanceOf(SecretMalformed.class)
        .hasMessageContaining("its key 'method' is none of sftp, ftp, ftps")
        .hasMessageContaining("its key 'mode' is none of active, passive")
        .hasMessageNotContaining("planted-value");
  }

  @Test
  void missingKeysAreToldAllAtOnceWithThoseThereAreAndNoValue() {
    aws.secrets().put("uat/database/half/write", "{\"host\":\"planted-value\",\"port\":\"x\"}");
    aws.secrets().put("uat/database/text/write", "planted-value");

    assertThatThrownBy(() -> secrets.database("half", "write"))
        .isInstanceOf(SecretMalformed.class)
        .hasMessage(
            "secret 'uat/database/half/write' cannot be used: it has no key 'user', it has no key"
                + " 'password', its key 'port' is no number from 0 to 65535, it has no key"
                + " 'database'; its keys are: host, port");
    assertThatThrownBy(() -> secrets.database("text", "write"))
        .isInstanceOf(SecretMalformed.class)
        .hasMessageContaining("is not a JSON object")
        .hasMessageNotContaining("planted-value");
  }

  @Test
  void inTheCloudSecretsComeFromSecretsManagerAndOnALaptopFromNowhere() {
    aws.secrets().put("prod/general/x/read", "value");

    assertThat(Secrets.of(Settings.load(Map.of("CORE_ENV", "prod"), directory)).value("x").reveal())
        .isEqualTo("value");
    assertThatThrownBy(() -> Secrets.of(Settings.load(Map.of(), directory)).value("x"))
        .isInstanceOf(SecretMissing.class);
  }

  @Test
  void orchestratorAndWorkersHaveLoginsOfTheirOwnAndNeedNotReadEachOthers() {
    String place = "database/configuration_application/";
    for (String environment : List.of("uat", "prod")) {
      var settings = Settings.load(Map.of("CORE_ENV", environment), directory);
      var write = environment + "/" + place + "write";
      var worker = environment + "/" + place + "worker";
      aws.secrets().put(write, login("orchestrator"));
      aws.secrets().put(worker, login("corebot"));

      aws.secrets().deny(worker);
      assertThat(DatabaseLogin.of(settings).user()).isEqualTo("orchestrator");
      assertThatThrownBy(() -> DatabaseLogin.ofWorker(settings, "corebot"))
          .isInstanceOf(SecretUnavailable.class)
          .hasMessageContaining(worker)
          .hasMessageContaining("AccessDenied");

      aws.secrets().remove(write);
      assertThatThrownBy(() -> DatabaseLogin.of(settings))
          .isInstanceOf(SecretMissing.class)
          .hasMessageContaining(write)
          .hasMessageContaining("all/" + place + "write");
    }
  }

  private static String login(String user) {
    return "{\"host\":\"db\",\"database\":\"d\",\"user\":\"%s\",\"password\":\"planted-value\"}"
        .formatted(user);
  }
}
