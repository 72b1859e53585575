package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Region, credentials and endpoints come from where the SDK looks for them. */
@Tag("cloud")
class AwsClientsTest {

  private static final List<String> PROPERTIES =
      List.of("aws.configFile", "aws.sharedCredentialsFile", "aws.profile", "aws.region");

  @TempDir Path folder;
  private AwsEmulator aws;

  @BeforeEach
  void start() {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}));
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  @AfterEach
  void stop() {
    PROPERTIES.forEach(System::clearProperty);
    System.clearProperty("aws.disableEc2Metadata");
    aws.close();
  }

  private void profile(String region) throws Exception {
    var config = folder.resolve("config");
    Files.writeString(
        config,
        """
        [profile core]
        %2$s
        services = emulated
        [services emulated]
        batch =
          endpoint_url = %1$s
        sts =
          endpoint_url = %1$s
        """
            .formatted(aws.url(), region));
    var credentials = folder.resolve("credentials");
    Files.writeString(
        credentials,
        "[core]\naws_access_key_id = of-profile\naws_secret_access_key = of-profile\n");
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.profile", "core");
  }

  private static CloudOptions of(String account) {
    return new CloudOptions("dev-core", "core_dev", 50, null, account, Duration.ofSeconds(2));
  }

  @Test
  void aProfileHasAllThatIsNeededAndTheAccountIsThatOfItsCredentials() throws Exception {
    profile("region = " + AwsEmulator.REGION);

    aws.batch().queue("dev-core", 1, false, false);
    try (var backend = CloudBackend.open(of(AwsEmulator.ACCOUNT))) {
      assertThat(backend.findByName("dev-core", "none")).isEmpty();
    }
    assertThatThrownBy(() -> CloudBackend.open(of("999999999999")))
        .isInstanceOf(WrongAccount.class)
        .hasMessageContaining(AwsEmulator.ACCOUNT);
    assertThat(aws.faults().calls("submitjob")).isZero();
  }

  @Test
  void aRegionThatNobodyTellsIsNamedAsWhatIsMissing() throws Exception {
    Assumptions.assumeTrue(
        System.getenv("AWS_REGION") == null && System.getenv("AWS_DEFAULT_REGION") == null,
        "the environment tells one");
    profile("output = json");

    assertThatThrownBy(() -> CloudBackend.open(of(null)))
        .isInstanceOf(BackendUnavailable.class)
        .hasMessage(
            "no AWS region: AWS_REGION is not set, and neither profile nor machine tells one");
  }
}
