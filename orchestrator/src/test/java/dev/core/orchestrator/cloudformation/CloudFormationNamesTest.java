package dev.core.orchestrator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.secrets.Secret;
import dev.core.common.secrets.SecretSource;
import dev.core.common.secrets.Secrets;
import dev.core.common.settings.BatchPlatform;
import dev.core.common.settings.Environment;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cloudformation.Evaluation.Resource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the template makes goes by the names, settings and secrets that CORE asks for. */
class CloudFormationNamesTest {

  static final List<Map<String, String>> INSTALLATIONS = Installations.ALL;

  @TempDir Path directory;

  @ParameterizedTest
  @FieldSource("INSTALLATIONS")
  void namesAreThoseThatCoreAsksForWithTheSettingsOfTheOutputs(Map<String, String> parameters) {
    var evaluation = Installations.of(parameters);
    var resources = evaluation.resources();
    var settings = settings(lines(evaluation.outputs().get("Settings")));
    var batch = settings.batch();

    assertThat(name(resources, "Queue", "JobQueueName")).isEqualTo(batch.queue());
    assertThat(name(resources, "WorkerDefinition", "JobDefinitionName"))
        .isEqualTo(batch.definition());
    assertThat(name(resources, "Images", "RepositoryName")).isEqualTo(batch.repository());
    assertThat(batch.account()).isEqualTo(MadeUp.ACCOUNT);
    assertThat(batch.eventsQueue()).endsWith("/" + name(resources, "Events", "QueueName"));
    assertThat(settings.datasetsRoot())
        .isEqualTo("s3://" + name(resources, "Datasets", "BucketName"));
    assertThat(settings.isDatabaseSecret()).isTrue();
    String secret = settings.environment().text() + "/database/configuration_application/";
    assertThat(name(resources, "WriteSecret", "Name")).isEqualTo(secret + "write");
    assertThat(name(resources, "WorkerSecret", "Name")).isEqualTo(secret + "worker");
    resources.values().stream()
        .filter(each -> each.type().equals("AWS::Batch::JobQueue"))
        .forEach(queue ->
            assertThat(batch.platform(String.valueOf(queue.properties().get("JobQueueName"))))
                .isEqualTo(platform(resources, queue)));
    assertThat(resources.get("WorkerDefinition").properties().get("PlatformCapabilities"))
        .isEqualTo(List.of(batch.platform().name()));
  }

  /** What the first of a queue's environments is of; their ARNs end with their logical names. */
  private static BatchPlatform platform(Map<String, Resource> resources, Resource queue) {
    var first = Template.list(queue.properties().get("ComputeEnvironmentOrder")).getFirst();
    String arn = String.valueOf(Template.map(first).get("ComputeEnvironment"));
    var environment = resources.get(arn.substring(arn.lastIndexOf('/') + 1)).properties();
    String type = String.valueOf(Template.map(environment.get("ComputeResources")).get("Type"));
    return type.startsWith("FARGATE") ? BatchPlatform.FARGATE : BatchPlatform.EC2;
  }

  @ParameterizedTest
  @FieldSource("INSTALLATIONS")
  void containersGetSettingsThatAreOnes(Map<String, String> parameters) {
    var resources = Installations.of(parameters).resources();

    for (String definition :
        List.of("WorkerDefinition", "OrchestratorDefinition", "MigrationDefinition")) {
      var variables = new LinkedHashMap<String, String>();
      for (Object each : Template.list(container(resources, definition).get("Environment"))) {
        variables.put(
            String.valueOf(Template.map(each).get("Name")),
            String.valueOf(Template.map(each).get("Value")));
      }
      for (Object each : Template.list(container(resources, definition).get("Secrets"))) {
        variables.put(String.valueOf(Template.map(each).get("Name")), "from the secret");
      }
      var settings = Settings.load(variables, directory);
      assertThat(settings.isInCloud()).isTrue();
      assertThat(settings.isDatabaseSecret()).isEqualTo(!definition.startsWith("Migration"));
    }
  }

  @Test
  void secretsThatAreMadeAreOnesThatCoreReads() {
    var resources = Installations.of(Installations.USUAL).resources();

    for (String mode : List.of("write", "worker")) {
      var login = secretsOf(resources).database("configuration_application", mode);
      assertThat(login.user()).isEqualTo(mode.equals("write") ? "orchestrator" : "corebot");
      assertThat(login.url())
          .isEqualTo("jdbc:postgresql://database.internal:5432/configuration_application");
    }
  }

  private static Secrets secretsOf(Map<String, Resource> resources) {
    return new Secrets(
        "dev",
        new SecretSource() {
          @Override
          public Optional<String> find(Secret secret) {
            return resources.values().stream()
                .filter(each -> secret.path().equals(each.properties().get("Name")))
                .map(each -> Template.map(each.properties().get("GenerateSecretString")))
                .map(each ->
                    String.valueOf(each.get("SecretStringTemplate"))
                        .replace("}", ", \"" + each.get("GenerateStringKey") + "\": \"made\"}"))
                .findFirst();
          }

          @Override
          public String description() {
            return "the template";
          }
        },
        System::nanoTime);
  }

  @Test
  void environmentsAreThoseOfTheSettings() {
    var parameter =
        Template.map(Template.parse(Installations.text()).section("Parameters").get("Environment"));

    assertThat(parameter.get("AllowedValues"))
        .isEqualTo(Arrays.stream(Environment.values()).map(Environment::text).toList());
  }

  private static Map<String, Object> container(Map<String, Resource> resources, String name) {
    return Template.map(resources.get(name).properties().get("ContainerProperties"));
  }

  private static String name(Map<String, Resource> resources, String resource, String property) {
    return String.valueOf(resources.get(resource).properties().get(property));
  }

  private Settings settings(Map<String, String> variables) {
    return Settings.load(variables, directory);
  }

  private static Map<String, String> lines(String text) {
    var variables = new LinkedHashMap<String, String>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        });
    return variables;
  }
}
