package dev.core.orchestrator.compute.cloud;

import dev.core.common.settings.Environment;
import dev.core.common.settings.Settings;
import dev.core.common.settings.SettingsProblem;
import dev.core.orchestrator.compute.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/**
 * Whether the job definition that runs the image of CORE is there, and gives workers what they
 * need.
 */
final class DefinitionCheck {

  private static final String SUBJECT = "job definition";

  private final AwsClients clients;
  private final String name;
  private final Environment environment;

  /**
   * @param name of the definition
   * @param environment of this installation
   */
  DefinitionCheck(AwsClients clients, String name, Environment environment) {
    this.clients = clients;
    this.name = name;
    this.environment = environment;
  }

  /**
   * @param queue that its jobs go to; null: not known
   * @param findings is added to
   * @return the newest active revision, if there is one
   */
  Optional<JobDefinition> examine(@Nullable JobQueueDetail queue, List<Finding> findings) {
    var found = new ArrayList<JobDefinition>();
    findings.add(
        CloudExamination.asking(
            SUBJECT,
            () -> {
              var newest =
                  clients
                      .batch()
                      .describeJobDefinitionsPaginator(
                          each -> each.jobDefinitionName(name).status("ACTIVE"))
                      .jobDefinitions()
                      .stream()
                      .max(Comparator.comparingInt(JobDefinition::revision));
              if (newest.isEmpty()) {
                return Finding.bad(
                    SUBJECT,
                    "there is no active job definition '%s'".formatted(name),
                    "core publish registers it; or name another in CORE_BATCH_DEFINITION");
              }
              found.add(newest.get());
              return standing(newest.get(), queue);
            }));
    return found.stream().findFirst();
  }

  private Finding standing(JobDefinition definition, @Nullable JobQueueDetail queue) {
    String revision = definition.jobDefinitionName() + ":" + definition.revision();
    if (queue != null) {
      Platform own = Platform.of(definition);
      Platform wanted = JobQueues.Known.of(queue).platform().orElse(own);
      if (wanted != own) {
        return Finding.bad(
            SUBJECT,
            "%s is for %s, and job queue '%s' is of %s"
                .formatted(revision, own, queue.jobQueueName(), wanted),
            "register it with platform capability " + wanted.name());
      }
    }
    return settings(definition)
        .map(problem ->
            Finding.bad(
                SUBJECT,
                "containers of %s %s".formatted(revision, problem),
                "register a revision whose environment is right, as docs/aws/core.yaml does"))
        .orElseGet(() ->
            Finding.good(
                SUBJECT, revision + " of image " + definition.containerProperties().image()));
  }

  /** What is wrong with the settings that a worker will find. */
  private Optional<String> settings(JobDefinition definition) {
    var variables = new LinkedHashMap<String, String>();
    var container = definition.containerProperties();
    container.environment().forEach(each -> variables.put(each.name(), each.value()));
    // What they are nobody sees before the container starts.
    container.secrets().forEach(each -> variables.put(each.name(), "secret"));
    variables.computeIfPresent(
        "CORE_DATABASE_URL", (_, url) -> url.equals("secret") ? "jdbc:postgresql://h/d" : url);
    Settings seen;
    try {
      seen = Settings.load(variables, Path.of("/workspace"));
    } catch (SettingsProblem e) {
      return Optional.of("would stop at once: " + e.getMessage());
    }
    if (seen.environment() != environment) {
      return Optional.of(
          "get CORE_ENV=%s, and here it is %s"
              .formatted(seen.environment().text(), environment.text()));
    }
    return seen.isDatabaseSecret() || seen.isDatabaseConfigured()
        ? Optional.empty()
        : Optional.of(
            "get neither CORE_MODE=cloud nor CORE_DATABASE_URL: each would open a database of its own");
  }
}
