package dev.core.orchestrator.compute.cloud;

import dev.core.common.settings.BatchPlatform;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.orchestrator.compute.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

  private final CloudOptions options;
  private final Queues queues;
  private final String datasetsRoot;
  private final AwsClients clients;

  CloudExamination(CloudOptions options, Queues queues, String datasetsRoot, AwsClients clients) {
    this.options = options;
    this.queues = queues;
    this.datasetsRoot = datasetsRoot;
    this.clients = clients;
  }

  /** With region, credentials and endpoints as the AWS SDK finds them. */
  public static CloudExamination open(CloudOptions options, Queues queues, String datasetsRoot) {
    return new CloudExamination(options, queues, datasetsRoot, AwsClients.open(_ -> {}));
  }

  /** One finding for each thing; what depends on something that is missing is left out. */
  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.add(account());
    var check = new QueueCheck(clients, findings);
    Optional<JobQueueDetail> queue =
        check.examine(options.queue(), queues.platform(), "CORE_BATCH_PLATFORM");
    Optional<JobDefinition> definition = definition(findings, queue.orElse(null));
    queues
        .others()
        .forEach((named, platform) -> {
          var _ = check.examine(named, platform, "CORE_BATCH_QUEUE_PLATFORMS");
        });
    definition.ifPresent(found -> findings.add(new ImageCheck(clients).finding(found)));
    definition.ifPresent(found -> findings.addAll(new RoleCheck(clients).findings(found)));
    definition.ifPresent(found -> findings.add(logGroup(found)));
    findings.add(bucket());
    findings.add(events());
    return findings;
  }

  private Finding account() {
    return asking(
        "account",
        () -> {
          String account = clients.identity().getCallerIdentity().account();
          String wanted = options.account();
          if (wanted == null) {
            return Finding.good("account", account + " (CORE_AWS_ACCOUNT is not set: any will do)");
          }
          return account.equals(wanted)
              ? Finding.good("account", account)
              : Finding.bad(
                  "account",
                  "the credentials are those of %s, and CORE_AWS_ACCOUNT is %s"
                      .formatted(account, wanted),
                  "use credentials of " + wanted + ", or correct CORE_AWS_ACCOUNT");
        });
  }

  private Optional<JobDefinition> definition(
      List<Finding> findings, @Nullable JobQueueDetail queue) {
    var found = new ArrayList<JobDefinition>();
    findings.add(
        asking(
            "job definition",
            () -> {
              var newest =
                  clients
                      .batch()
                      .describeJobDefinitionsPaginator(
                          each -> each.jobDefinitionName(options.definition()).status("ACTIVE"))
                      .jobDefinitions()
                      .stream()
                      .max(Comparator.comparingInt(JobDefinition::revision));
              if (newest.isEmpty()) {
                return Finding.bad(
                    "job definition",
                    "there is no active job definition '%s'".formatted(options.definition()),
                    "register one that runs the image of CORE, or name another in CORE_BATCH_DEFINITION");
              }
              found.add(newest.get());
              return platform(newest.get(), queue);
            }));
    return found.stream().findFirst();
  }

  private static Finding platform(JobDefinition definition, @Nullable JobQueueDetail queue) {
    String name = definition.jobDefinitionName() + ":" + definition.revision();
    if (queue != null) {
      Platform own = Platform.of(definition);
      Platform wanted = JobQueues.Known.of(queue).platform().orElse(own);
      if (wanted != own) {
        return Finding.bad(
            "job definition",
            "%s is for %s, and job queue '%s' is of %s"
                .formatted(name, own, queue.jobQueueName(), wanted),
            "register it with platform capability " + wanted.name());
      }
    }
    return Finding.good(
        "job definition", name + " of image " + definition.containerProperties().image());
  }

  private Finding logGroup(JobDefinition definition) {
    var logging = definition.containerProperties().logConfiguration();
    String group =
        logging == null
            ? "/aws/batch/job"
            : logging.options().getOrDefault("awslogs-group", "/aws/batch/job");
    return asking(
        "log group",
        () ->
            clients
                    .logs()
                    .describeLogGroups(each -> each.logGroupNamePrefix(group))
                    .logGroups()
                    .stream()
                    .anyMatch(each -> each.logGroupName().equals(group))
                ? Finding.good("log group", group)
                : Finding.bad(
                    "log group",
                    "there is no log group '%s': no job would start".formatted(group),
                    "aws logs create-log-group --log-group-name " + group));
  }

  private Finding bucket() {
    if (!S3Location.isOne(datasetsRoot)) {
      return Finding.bad(
          "bucket",
          "CORE_DATASETS_ROOT is '%s', a folder: containers do not share it"
              .formatted(datasetsRoot),
          "set CORE_DATASETS_ROOT=s3://bucket/prefix");
    }
    var location = S3Location.parse(datasetsRoot);
    try (var objects = new S3Objects()) {
      objects.check(location.bucket());
      return Finding.good("bucket", location.toString());
    } catch (IOException e) {
      return Finding.bad(
          "bucket",
          String.valueOf(e.getMessage()),
          "create the bucket, grant s3:ListBucket and s3:GetObject, or correct CORE_DATASETS_ROOT");
    }
  }

  private Finding events() {
    String queue = options.eventsQueue();
    if (queue == null) {
      return Finding.good(
          "events queue", "none (CORE_BATCH_EVENTS_QUEUE is not set: jobs are looked at)");
    }
    return asking(
        "events queue",
        () -> {
          var attributes =
              clients
                  .queues()
                  .getQueueAttributes(each ->
                      each.queueUrl(queue).attributeNamesWithStrings("ApproximateNumberOfMessages"))
                  .attributesAsStrings();
          return Finding.good(
              "events queue",
              "%s, about %s events wait"
                  .formatted(queue, attributes.getOrDefault("ApproximateNumberOfMessages", "?")));
        });
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
