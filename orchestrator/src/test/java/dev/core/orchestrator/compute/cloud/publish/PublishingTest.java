package dev.core.orchestrator.compute.cloud.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.settings.Environment;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.identity.ImagesService;
import dev.core.orchestrator.compute.cloud.AwsClients;
import dev.core.orchestrator.compute.cloud.WrongAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.model.JobDefinition;

@Tag("cloud")
class PublishingTest {

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private AwsEmulator aws;
  private AwsClients clients;
  private Path clone;
  private FakeDocker docker;

  @BeforeEach
  void anAccountAndAClone() throws Exception {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}));
    aws.images().repository("dev-core");
    aws.images().repository("prod-core");
    clients = clients();
    clone = Files.createDirectories(folder.resolve("clone"));
    Files.createDirectories(clone.resolve("dockerfiles"));
    Files.writeString(clone.resolve("dockerfiles/core.dockerfile"), "FROM scratch");
    git("init", "-q");
    git("add", ".");
    git(
        "-c",
        "user.name=ada",
        "-c",
        "user.email=ada@example.org",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-q",
        "-m",
        "begin");
    docker = FakeDocker.in(folder, aws.url(), "");
    registered("core_dev");
    registered("core_prod");
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private void git(String... arguments) throws InterruptedException {
    new Program("git", clone, Map.of(), said::add).run(arguments);
  }

  private AwsClients clients() {
    return AwsClients.open(builder ->
        builder
            .region(Region.of(AwsEmulator.REGION))
            .endpointOverride(aws.url())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("emulated", "emulated"))));
  }

  /** As the set-up of the account makes it. */
  private void registered(String name) {
    clients
        .batch()
        .registerJobDefinition(each ->
            each.jobDefinitionName(name)
                .type("container")
                .platformCapabilitiesWithStrings("FARGATE")
                .propagateTags(true)
                .retryStrategy(retries -> retries.attempts(1))
                .containerProperties(container ->
                    container
                        .image("made:by-the-stack")
                        .command("corebot", "--help")
                        .executionRoleArn("arn:aws:iam::123456789012:role/execution")
                        .jobRoleArn("arn:aws:iam::123456789012:role/job")));
  }

  private PublishOptions options(Environment environment, String branch) {
    String owner = branch.equals("main") ? environment.text() : branch;
    return new PublishOptions(
        environment,
        branch,
        environment.text() + "-core",
        "core_" + owner,
        AwsEmulator.ACCOUNT,
        clone,
        docker.program());
  }

  private Published publish(PublishOptions options, @Nullable String version)
      throws InterruptedException {
    try (var publisher = new Publisher(options, clients(), said::add)) {
      return publisher.publish(publisher.plan(null, version, false));
    }
  }

  private List<String> problems(PublishOptions options, @Nullable String version) {
    try (var publisher = new Publisher(options, clients(), said::add)) {
      var problems = new ArrayList<String>();
      assertThatThrownBy(() -> publisher.plan(null, version, false))
          .isInstanceOfSatisfying(
              PublishingRefused.class, refused -> problems.addAll(refused.problems()));
      return problems;
    }
  }

  private List<JobDefinition> active(String name) {
    return clients
        .batch()
        .describeJobDefinitions(each -> each.jobDefinitionName(name).status("ACTIVE"))
        .jobDefinitions();
  }

  @Test
  void theImageIsBuiltPushedAndRunByANewRevision() throws Exception {
    var published = publish(options(Environment.DEV, "main"), null);

    String address = aws.images().address("dev-core");
    String image = address + "@" + ImagesService.digest("of ");
    assertThat(published).isEqualTo(new Published(image, List.of("dev"), "core_dev:2", true));
    var newest = active("core_dev").getLast();
    assertThat(newest.containerProperties().image()).isEqualTo(image);
    assertThat(newest.containerProperties().jobRoleArn()).endsWith("role/job");
    assertThat(newest.containerProperties().command()).containsExactly("corebot", "--help");
    assertThat(newest.platformCapabilitiesAsStrings()).containsExactly("FARGATE");
    assertThat(newest.retryStrategy().attempts()).isEqualTo(1);
    String commit = new Program("git", clone, Map.of(), _ -> {}).answer("rev-parse", "HEAD");
    assertThat(docker.calls())
        .containsExactly(
            "version --format {{.Server.Version}}",
            "build --file dockerfiles/core.dockerfile --platform linux/amd64 --label"
                + " org.opencontainers.image.revision="
                + commit
                + " --tag "
                + address
                + ":dev .",
            "context inspect --format {{.Endpoints.docker.Host}}",
            "--config TEMPORARY login --username AWS --password-stdin"
                + " 123456789012.dkr.ecr.eu-central-1.amazonaws.com < password-of-registry",
            "--config TEMPORARY push " + address + ":dev");
    assertThat(said).contains("build done", "pushed " + address + ":dev");
  }

  @Test
  void anImageThatRunsAlreadyIsNotRegisteredAgain() throws Exception {
    publish(options(Environment.DEV, "main"), null);

    assertThat(publish(options(Environment.DEV, "main"), null))
        .returns(false, Published::registered)
        .returns("core_dev:2", Published::definition);
    docker.content("another");
    assertThat(publish(options(Environment.DEV, "main"), null))
        .returns(true, Published::registered)
        .returns("core_dev:3", Published::definition);
  }

  @Test
  void prodTagsTheVersionAndDoesNotReplaceIt() throws Exception {
    var published = publish(options(Environment.PROD, "main"), "1.2.0");

    assertThat(published.tags()).containsExactly("prod", "1.2.0");
    assertThat(aws.images().tags("prod-core")).containsExactly("1.2.0", "prod");
    assertThat(problems(options(Environment.PROD, "main"), "1.2.0"))
        .singleElement()
        .asString()
        .contains("version 1.2.0 is published already, as sha256:", "--again");
    try (var publisher = new Publisher(options(Environment.PROD, "main"), clients(), said::add)) {
      docker.content("repaired");
      publisher.publish(publisher.plan(null, "1.2.0", true));
    }
    assertThat(active("core_prod")).hasSize(3);
  }

  @Test
  void aBranchGetsADefinitionAfterTheOneOfEverybodyAndTidyTakesItAwayAgain() throws Exception {
    var branch = options(Environment.DEV, "try-it");
    var published = publish(branch, null);

    assertThat(published.definition()).isEqualTo("core_try-it:1");
    assertThat(active("core_try-it").getFirst().containerProperties().jobRoleArn())
        .endsWith("role/job");
    // One that was made after it, for the image of a template, and one that only begins alike.
    registered("core_try-it_0123456789abcdef");
    registered("core_try-it_too");
    publish(options(Environment.DEV, "main"), null);

    try (var tidying = new Tidying(branch, clients())) {
      assertThat(tidying.leftovers())
          .isEqualTo(
              new Leftovers(
                  AwsEmulator.ACCOUNT,
                  List.of("core_try-it:1", "core_try-it_0123456789abcdef:1"),
                  List.of("dev-core:branch-try-it")));
      tidying.remove();
      assertThat(tidying.leftovers().isEmpty()).isTrue();
    }
    assertThat(active("core_try-it")).isEmpty();
    assertThat(active("core_try-it_too")).hasSize(1);
    assertThat(active("core_dev")).hasSize(2);
    assertThat(aws.images().tags("dev-core")).containsExactly("dev");
  }

  @Test
  void onlyBranchesOfDevAreTidied() {
    assertThatThrownBy(() -> Tidying.open(options(Environment.PROD, "main")))
        .hasMessageContaining("CORE_ENV is 'prod'");
    assertThatThrownBy(() -> Tidying.open(options(Environment.DEV, "main")))
        .hasMessageContaining("CORE_BRANCH is 'main'");
    assertThatThrownBy(() -> Tidying.open(options(Environment.DEV, "prod")))
        .hasMessageContaining("job definition 'core_prod' is that of an environment");
  }

  @Test
  void prodIsOfACommitAndDevMayBeOfNone() throws Exception {
    Files.writeString(clone.resolve("new"), "not committed");

    assertThat(problems(options(Environment.PROD, "main"), "1.2.0"))
        .containsExactly(
            "the clone has 1 uncommitted change, and the image would be of no commit: commit or stash first");
    try (var publisher = new Publisher(options(Environment.DEV, "main"), clients(), said::add)) {
      assertThat(publisher.plan(null, null, false).warnings())
          .singleElement()
          .asString()
          .startsWith("the clone has 1 uncommitted change");
    }
  }

  @Test
  void everythingThatStandsInTheWayIsToldAtOnceAndNothingIsDone() throws Exception {
    aws.faults().deny("DescribeJobDefinitions");
    var nowhere =
        new PublishOptions(
            Environment.UAT,
            "main",
            "nowhere",
            "core_uat",
            AwsEmulator.ACCOUNT,
            folder,
            folder.resolve("no-docker").toString());

    assertThat(problems(nowhere, null))
        .hasSize(5)
        .anySatisfy(
            each -> assertThat(each).contains("no repository 'nowhere'", "CORE_IMAGE_REPOSITORY"))
        .anySatisfy(each -> assertThat(each).contains("AWS Batch cannot be asked: AccessDenied"))
        .anySatisfy(each -> assertThat(each).contains("does not know its version"))
        .anySatisfy(each -> assertThat(each).contains("no-docker cannot be started"))
        .anySatisfy(each -> assertThat(each).contains("there is no dockerfiles/core.dockerfile"));
    assertThat(docker.calls()).isEmpty();
  }

  @Test
  void nothingIsPublishedToAnotherAccount() throws IOException {
    var other =
        new PublishOptions(
            Environment.DEV,
            "main",
            "dev-core",
            "core_dev",
            "999999999999",
            clone,
            docker.program());

    try (var publisher = new Publisher(other, clients(), said::add);
        var tidying = new Tidying(other, clients())) {
      assertThatThrownBy(() -> publisher.plan(null, null, false)).isInstanceOf(WrongAccount.class);
      assertThatThrownBy(tidying::leftovers).isInstanceOf(WrongAccount.class);
    }
    assertThat(docker.calls()).isEmpty();
  }

  @Test
  void whatDockerSaysOfAFailureIsToldAndNothingIsRegistered() throws Exception {
    docker = FakeDocker.in(folder, aws.url(), "push");

    assertThatThrownBy(() -> publish(options(Environment.PROD, "main"), "1.2.0"))
        .isInstanceOf(PublishingRefused.class)
        .hasMessageContaining("ended with exit code 1: denied: no push today")
        .hasMessageNotContaining("password-of-registry");
    assertThat(active("core_prod")).hasSize(1);
    assertThat(aws.images().tags("prod-core")).isEmpty();
  }

  @Test
  void aDeniedLoginNamesThePolicyThatAllowsIt() {
    aws.faults().deny("GetAuthorizationToken");

    assertThatThrownBy(() -> publish(options(Environment.DEV, "main"), null))
        .hasMessageContaining("Amazon ECR gives no login: AccessDenied")
        .hasMessageContaining("PublisherPolicy");
  }

  @Test
  void anImageThatWasBuiltElsewhereIsPushedAsItIs() throws Exception {
    try (var publisher = new Publisher(options(Environment.DEV, "main"), clients(), said::add)) {
      publisher.publish(publisher.plan("core:elsewhere", null, false));
    }

    assertThat(docker.calls())
        .contains("tag core:elsewhere " + aws.images().address("dev-core") + ":dev")
        .noneMatch(each -> each.startsWith("build"));
  }
}
