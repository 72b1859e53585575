package dev.core.orchestrator.compute.cloud;

import dev.core.common.settings.BatchPlatform;
import dev.core.common.settings.Environment;
import dev.core.orchestrator.compute.DatasetsCheck;
import dev.core.orchestrator.compute.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/** Looks at everything that cloud mode needs of AWS, and changes nothing. Used by one thread. */
public final class CloudExamination implements AutoCloseable {

  /**
   * What the settings and the configuration say of job queues.
   *
   * @param platform of the installation's
   * @param others those that templates and transformations name
   */
  public record Queues(BatchPlatform platform, Map<String, BatchPlatform> others) {
    public Queues {
      others = Collections.unmodifiableMap(new TreeMap<>(others));
    }
  }

  private final Environment environment;
  private final CloudOptions options;
  private final Queues queues;
  private final String datasetsRoot;
  private final AwsClients clients;

  CloudExamination(
      Environment environment,
      CloudOptions options,
      Queues queues,
      String datasetsRoot,
      AwsClients clients) {
    this.environment = environment;
    this.options = options;
    this.queues = queues;
    this.datasetsRoot = datasetsRoot;
    this.clients = clients;
  }

  /** With region, credentials and endpoints as the AWS SDK finds them. */
  public static CloudExamination open(
      Environment environment, CloudOptions options, Queues queues, String datasetsRoot) {
    return new CloudExamination(
        environment, options, queues, datasetsRoot, AwsClients.open(_ -> {}));
  }

  /** One finding for each thing; what depends on something that is missing is left out. */
  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.add(AccountCheck.finding(clients, options.account()));
    var check = new QueueCheck(clients, findings);
    Optional<JobQueueDetail> queue =
        check.examine(options.queue(), queues.platform(), "CORE_BATCH_PLATFORM");
    Optional<JobDefinition> definition =
        new DefinitionCheck(clients, options.definition(), environment)
            .examine(queue.orElse(null), findings);
    queues
        .others()
        .forEach((named, platform) -> {
          var _ = check.examine(named, platform, "CORE_BATCH_QUEUE_PLATFORMS");
        });
    definition.ifPresent(found -> {
      findings.add(new ImageCheck(clients).finding(found));
      findings.addAll(new RoleCheck(clients).findings(found));
      findings.add(LogGroupCheck.finding(clients, found));
    });
    findings.add(DatasetsCheck.finding(datasetsRoot, true));
    findings.add(EventsCheck.finding(clients, options.eventsQueue()));
    return findings;
  }

  /** What AWS denies or does not answer is a finding as well. */
  static Finding asking(String subject, Supplier<Finding> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      return Finding.bad(
          subject,
          "cannot be looked at: " + AwsTrouble.text(e),
          "check credentials and region, and that the role may make this call");
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
