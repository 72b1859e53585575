package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.Settings;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.orchestrator.compute.cloud.publish.FakeDocker;
import dev.core.orchestrator.compute.cloud.publish.PublishOptions;
import dev.core.orchestrator.compute.cloud.publish.Publisher;
import dev.core.orchestrator.compute.cloud.publish.Tidying;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of publishing and tidying; what happens has tests of its own. */
@Tag("cloud")
class PublishingCommandsTest {

  private final Map<String, String> properties = new TreeMap<>();
  @TempDir Path home;
  private AwsEmulator aws;
  private FakeDocker docker;
  private CoreUnderTest core;

  @BeforeEach
  void anAccountThatTheSdkFinds() throws Exception {
    aws = AwsEmulator.start(AwsEmulator.Options.brief(), new ScriptedContainers(_ -> {}));
    aws.images().repository("dev-core");
    register();
    docker = FakeDocker.in(home, aws.url(), "");
    Files.createDirectories(home.resolve("dockerfiles"));
    Files.createFile(home.resolve("dockerfiles/core.dockerfile"));
    for (String service : new String[] {"Batch", "Ecr", "Sts"}) {
      properties.put("aws.endpointUrl" + service, aws.url().toString());
    }
    properties.put("aws.region", AwsEmulator.REGION);
    properties.put("aws.accessKeyId", "emulated");
    properties.put("aws.secretAccessKey", "emulated");
    properties.forEach(System::setProperty);
    core =
        new CoreUnderTest(home)
            .with(new WithDocker())
            .with("CORE_AWS_ACCOUNT", AwsEmulator.ACCOUNT);
  }

  private void register() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var definition =
          HttpRequest.newBuilder(URI.create(aws.url() + "/v1/registerjobdefinition"))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"jobDefinitionName": "core_dev", "type": "container", "containerProperties": {"image": "core:1"}}
                      """))
              .build();
      assertThat(client.send(definition, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @AfterEach
  void stop() {
    properties.keySet().forEach(System::clearProperty);
    aws.close();
  }

  private final class WithDocker extends EngineUnderTest {
    @Override
    public Publisher publisher(Settings settings, Path clone, Consumer<String> lines) {
      return Publisher.open(PublishOptions.of(settings, clone).docker(docker.program()), lines);
    }

    @Override
    public Tidying tidying(Settings settings, Path clone) {
      return Tidying.open(PublishOptions.of(settings, clone));
    }
  }

  @Test
  void aDryRunShowsWhatWouldHappenAndDoesNothing() throws Exception {
    var ended = core.run("publish", "--dry-run");

    assertThat(ended.code()).isEqualTo(0);
    assertThat(ended.out())
        .contains("account         123456789012")
        .contains("goes to         " + aws.images().address("dev-core") + " with dev")
        .contains("job definition  core_dev");
    assertThat(docker.calls()).containsExactly("version --format {{.Server.Version}}");
  }

  @Test
  void withoutAnAnswerNothingIsPublishedAndWithOneItIs() throws Exception {
    assertThat(core.run("publish"))
        .returns(2, ended -> ended.code())
        .satisfies(ended -> assertThat(ended.err()).contains("--yes does it without asking"));
    assertThat(core.answering("n").run("publish").code()).isEqualTo(1);
    assertThat(docker.calls()).noneMatch(call -> call.startsWith("build"));

    var ended = core.answering("y").run("publish");

    assertThat(ended.code()).isEqualTo(0);
    assertThat(ended.out()).contains("registered core_dev:2");
    assertThat(ended.err()).contains("build done");
  }

  @Test
  void aBranchIsPublishedAndTidiedForPrograms() {
    core.with("CORE_BRANCH", "try-it");
    var published = core.run("publish", "--yes", "--json");
    assertThat(published.code()).isEqualTo(0);
    assertThat(published.json().get("definition").asText()).isEqualTo("core_try-it:1");

    var tidied = core.run("tidy", "--yes", "--json");

    assertThat(tidied.code()).isEqualTo(0);
    assertThat(tidied.json().get("definitions").get(0).asText()).isEqualTo("core_try-it:1");
    assertThat(tidied.json().get("images").get(0).asText()).isEqualTo("dev-core:branch-try-it");
    assertThat(core.run("tidy", "--dry-run").out())
        .contains("branch 'try-it' has nothing in account 123456789012");
  }

  @Test
  void whatCannotBeDoneIsSaidWithoutAStackTrace() {
    var prod = core.with("CORE_ENV", "prod").run("tidy", "--yes");
    assertThat(prod.code()).isEqualTo(1);
    assertThat(prod.err()).contains("CORE_ENV is 'prod'").doesNotContain("\tat ");

    var other =
        core.with("CORE_ENV", "dev")
            .with("CORE_AWS_ACCOUNT", "999999999999")
            .run("publish", "--yes");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err())
        .contains("CORE_AWS_ACCOUNT is 999999999999")
        .doesNotContain("unexpected");
  }
}
