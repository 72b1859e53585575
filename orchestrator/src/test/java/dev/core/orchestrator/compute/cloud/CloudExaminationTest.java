package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.BatchPlatform;
import dev.core.common.settings.Environment;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.Finding.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.batch.model.KeyValuePair;

/** What is found of a healthy account, and of many that are not. */
@Tag("cloud")
class CloudExaminationTest {

  private static final String IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/core:1";
  private static final String ROLE = "arn:aws:iam::123456789012:role/";

  private AwsEmulator aws;
  private AwsClients clients;
  private CloudExamination.Queues queues =
      new CloudExamination.Queues(BatchPlatform.FARGATE, Map.of());

  @BeforeEach
  void makeAHealthyAccount() {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}));
    aws.batch().queue("dev-core", 1, true, false);
    aws.images().put("core", "1");
    aws.roles().put("execution", "ecs-tasks.amazonaws.com");
    aws.roles().put("job", "ecs-tasks.amazonaws.com");
    aws.roles().put("other", "ec2.amazonaws.com");
    aws.logs().group("/core/dev");
    clients = EmulatedCloud.clients(aws.url());
    register(IMAGE, "FARGATE", "job");
  }

  private void register(String image, String platform, String jobRole) {
    register(image, platform, jobRole, Map.of("CORE_ENV", "dev", "CORE_MODE", "cloud"));
  }

  private void register(
      String image, String platform, String jobRole, Map<String, String> environment) {
    clients
        .batch()
        .registerJobDefinition(each ->
            each.jobDefinitionName("core_dev")
                .type("container")
                .platformCapabilitiesWithStrings(platform)
                .containerProperties(container ->
                    container
                        .image(image)
                        .executionRoleArn(ROLE + "execution")
                        .jobRoleArn(ROLE + jobRole)
                        .environment(
                            environment.entrySet().stream()
                                .map(one ->
                                    KeyValuePair.builder()
                                        .name(one.getKey())
                                        .value(one.getValue())
                                        .build())
                                .toList())
                        .logConfiguration(logs ->
                            logs.logDriver("awslogs")
                                .options(Map.of("awslogs-group", "/core/dev")))));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private List<Finding> examine(String account) {
    var options =
        new CloudOptions("dev-core", "core_dev", 50, null, account, Duration.ofSeconds(60));
    try (var examination =
        new CloudExamination(Environment.DEV, options, queues, "/a/folder", clients)) {
      return examination.findings();
    }
  }

  private static List<Finding> bad(List<Finding> findings) {
    return findings.stream()
        .filter(each -> each.standing() == Standing.BAD)
        // The bucket has tests of its own; here it is a folder.
        .filter(each -> !each.subject().equals("bucket"))
        .toList();
  }

  @Test
  void ofAHealthyAccountNothingIsWrong() {
    var findings = examine(AwsEmulator.ACCOUNT);

    assertThat(bad(findings)).isEmpty();
    assertThat(findings)
        .extracting(Finding::subject)
        .contains(
            "account",
            "job queue",
            "compute environment",
            "job definition",
            "image",
            "execution role",
            "job role",
            "log group",
            "events queue");
  }

  static Stream<Arguments> brokenAccounts() {
    return Stream.of(
        broken(
            "job queue",
            "DISABLED",
            "--state ENABLED",
            test -> test.aws.batch().change("dev-core", queue -> queue.disable())),
        broken(
            "compute environment",
            "CLIENT_ERROR - role is not valid",
            "RUNNABLE",
            test ->
                test.aws
                    .batch()
                    .change(
                        "dev-core",
                        queue -> queue.breakEnvironment("CLIENT_ERROR - role is not valid"))),
        broken(
            "job definition",
            "no active job definition 'core_dev'",
            "core publish",
            test ->
                test.clients
                    .batch()
                    .deregisterJobDefinition(each -> each.jobDefinition("core_dev:1"))),
        broken(
            "job definition", "is for EC2", "FARGATE", test -> test.register(IMAGE, "EC2", "job")),
        broken(
            "job definition",
            "get neither CORE_MODE=cloud nor CORE_DATABASE_URL",
            "docs/aws/core.yaml",
            test -> test.register(IMAGE, "FARGATE", "job", Map.of("CORE_ENV", "dev"))),
        broken(
            "job definition",
            "get CORE_ENV=uat, and here it is dev",
            "environment is right",
            test -> test.register(IMAGE, "FARGATE", "job", Map.of("CORE_ENV", "uat"))),
        broken(
            "job definition",
            "would stop at once: ",
            "environment is right",
            test ->
                test.register(
                    IMAGE, "FARGATE", "job", Map.of("CORE_MODE", "cloud", "CORE_MODUS", "x"))),
        broken(
            "image",
            "core:2 is not in Amazon ECR",
            "push",
            test -> test.register(IMAGE.replace(":1", ":2"), "FARGATE", "job")),
        broken(
            "job role",
            "there is no role",
            "create",
            test -> test.register(IMAGE, "FARGATE", "missing")),
        broken(
            "job role",
            "does not trust ecs-tasks.amazonaws.com",
            "trust policy",
            test -> test.register(IMAGE, "FARGATE", "other")),
        broken(
            "log group",
            "there is no log group '/core/dev'",
            "create-log-group",
            test -> test.aws.logs().removeGroup("/core/dev")),
        broken(
            "job queue",
            "AccessDeniedException",
            "role may make this call",
            test -> test.aws.faults().deny("DescribeJobQueues")),
        broken(
            "job queue",
            "'dev-core' is of Fargate, and CORE_BATCH_PLATFORM takes it for EC2",
            "set CORE_BATCH_PLATFORM=fargate",
            test -> test.queues = new CloudExamination.Queues(BatchPlatform.EC2, Map.of())),
        broken(
            "job queue",
            "there is no job queue 'dev-large'",
            "correct job_queue in the configuration",
            test -> test.queues = named("dev-large", BatchPlatform.EC2)),
        broken(
            "job queue",
            "'dev-large' is of EC2, and CORE_BATCH_QUEUE_PLATFORMS takes it for Fargate",
            "CORE_BATCH_QUEUE_PLATFORMS: dev-large=ec2",
            test -> {
              test.aws.batch().queue("dev-large", 1, false, true);
              test.queues = named("dev-large", BatchPlatform.FARGATE);
            }),
        broken(
            "compute environment",
            "no capacity",
            "RUNNABLE",
            test -> {
              test.aws.batch().queue("dev-large", 1, false, true).breakEnvironment("no capacity");
              test.queues = named("dev-large", BatchPlatform.EC2);
            }),
        broken("account", "CORE_AWS_ACCOUNT is 999999999999", "credentials", _ -> {}));
  }

  private static CloudExamination.Queues named(String queue, BatchPlatform platform) {
    return new CloudExamination.Queues(BatchPlatform.FARGATE, Map.of(queue, platform));
  }

  private static Arguments broken(
      String subject, String says, String remedy, Consumer<CloudExaminationTest> breaking) {
    return Arguments.of(subject, says, remedy, breaking);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("brokenAccounts")
  void whatIsBrokenIsNamedWithARemedy(
      String subject, String says, String remedy, Consumer<CloudExaminationTest> breaking) {
    breaking.accept(this);

    var findings = bad(examine(subject.equals("account") ? "999999999999" : AwsEmulator.ACCOUNT));

    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.subject()).isEqualTo(subject);
          assertThat(finding.text()).contains(says);
          assertThat(finding.remedy()).contains(remedy);
        });
    assertThat(findings).hasSize(1);
  }

  @Test
  void aMissingQueueAndAFolderForDatasetsAreNamed() {
    var options = new CloudOptions("nope", "core_dev", 50, null, null, Duration.ofSeconds(60));
    try (var examination =
        new CloudExamination(Environment.DEV, options, queues, "/a/folder", clients)) {
      assertThat(examination.findings())
          .filteredOn(each -> each.standing() == Standing.BAD)
          .extracting(Finding::text)
          .containsExactly(
              "there is no job queue 'nope' in this account and region",
              "CORE_DATASETS_ROOT is '/a/folder', a folder: containers do not share it");
    }
  }
}
