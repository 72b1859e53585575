package dev.core.orchestrator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.cloudformation.Evaluation.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles may what the code calls, and no more. */
class AwsRolesTest {

  private static final String CLOUD = "dev.core.orchestrator.compute.cloud.";
  private static final Predicate<String> PUBLISHING = name -> name.startsWith(CLOUD + "publish.");
  private static final Predicate<String> BUCKET =
      name -> name.startsWith("dev.core.common.storage.");
  private static final Predicate<String> SECRETS =
      name -> name.startsWith("dev.core.common.secrets.");

  /** What docker does with a registry, for the code calls docker and not these. */
  private static final Set<String> PUSHING =
      Set.of(
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:InitiateLayerUpload",
          "ecr:UploadLayerPart",
          "ecr:CompleteLayerUpload",
          "ecr:PutImage");

  /** What the agent does that starts a container. */
  private static final Set<String> STARTING =
      Set.of(
          "ecr:GetAuthorizationToken",
          "ecr:BatchCheckLayerAvailability",
          "ecr:GetDownloadUrlForLayer",
          "ecr:BatchGetImage",
          "logs:CreateLogStream",
          "logs:PutLogEvents");

  private static final AwsCalls CALLS = new AwsCalls();
  private static Map<String, Resource> resources = Map.of();

  @BeforeAll
  static void resolve() {
    resources = Installations.of(Installations.USUAL).resources();
  }

  @Test
  void theOrchestratorMayWhatItCallsAndNoMore() {
    var needed = CALLS.actions(name -> name.startsWith(CLOUD) && !PUBLISHING.test(name));
    needed.addAll(CALLS.actions(SECRETS));
    // It reads datasets for people, and writes manifests beside them.
    needed.addAll(Set.of("s3:ListBucket", "s3:GetObject", "s3:PutObject"));

    assertThat(allowed("OrchestratorPolicy")).isEqualTo(needed);
  }

  @Test
  void workersMayWhatTheyCallAndNoMore() {
    var needed = CALLS.actions(BUCKET.or(SECRETS));

    assertThat(needed).contains("s3:PutObject", "secretsmanager:GetSecretValue");
    assertThat(allowed("JobRole")).isEqualTo(needed);
  }

  @Test
  void publishersMayWhatTheyCallAndNoMore() {
    var needed = CALLS.actions(PUBLISHING);
    needed.addAll(PUSHING);

    assertThat(allowed("PublisherPolicy")).isEqualTo(needed);
  }

  @Test
  void executionRolesStartContainersAndMigrationsReadLogins() {
    assertThat(allowed("ExecutionRole")).isEqualTo(STARTING);
    var withTheOwner = new TreeSet<>(STARTING);
    withTheOwner.add("secretsmanager:GetSecretValue");
    assertThat(allowed("MigrationExecutionRole")).isEqualTo(withTheOwner);
    assertThat(allowed("MigrationRole")).containsExactly("secretsmanager:GetSecretValue");
  }

  @Test
  void transformationsCannotReadTheLoginsOfOthers() {
    assertThat(statements("JobRole"))
        .anySatisfy(statement -> {
          assertThat(statement).containsEntry("Effect", "Deny");
          assertThat(statement.get("Resource").toString())
              .contains("WriteSecret", "OwnerSecret")
              .doesNotContain("WorkerSecret");
        });
  }

  private static Set<String> allowed(String name) {
    var allowed = new TreeSet<String>();
    for (var statement : statements(name)) {
      if (statement.get("Effect").equals("Allow")) {
        Template.list(statement.get("Action")).forEach(each -> allowed.add(each.toString()));
      }
    }
    return allowed;
  }

  private static List<Map<String, Object>> statements(String name) {
    var properties = resources.get(name).properties();
    var documents =
        properties.containsKey("PolicyDocument")
            ? List.of(Template.map(properties.get("PolicyDocument")))
            : Template.list(properties.get("Policies")).stream()
                .map(each -> Template.map(Template.map(each).get("PolicyDocument")))
                .toList();
    return documents.stream()
        .<Map<String, Object>>flatMap(
            each -> Template.list(each.get("Statement")).stream().map(Template::map))
        .toList();
  }
}
