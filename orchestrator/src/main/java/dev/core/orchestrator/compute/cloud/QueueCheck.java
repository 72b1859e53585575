package dev.core.orchestrator.compute.cloud;

import dev.core.common.settings.BatchPlatform;
import dev.core.orchestrator.compute.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/** Whether job queues take jobs and run them. Used by one thread. */
final class QueueCheck {

  private static final String QUEUE = "job queue";
  private static final String ENVIRONMENT = "compute environment";

  private final AwsClients clients;
  private final List<Finding> findings;

  /**
   * @param findings are added to
   */
  QueueCheck(AwsClients clients, List<Finding> findings) {
    this.clients = clients;
    this.findings = findings;
  }

  /**
   * Looks at a queue and its compute environments.
   *
   * @param said what the settings say that it is
   * @param setting in which they say so
   * @return the queue, if there is one
   */
  Optional<JobQueueDetail> examine(String queue, BatchPlatform said, String setting) {
    var found = new ArrayList<JobQueueDetail>();
    findings.add(
        CloudExamination.asking(
            QUEUE,
            () -> {
              found.addAll(
                  clients.batch().describeJobQueues(each -> each.jobQueues(queue)).jobQueues());
              return found.isEmpty()
                  ? Finding.bad(
                      QUEUE,
                      "there is no job queue '%s' in this account and region".formatted(queue),
                      setting.equals("CORE_BATCH_PLATFORM")
                          ? "create it, or name another in CORE_BATCH_QUEUE"
                          : "create it, or correct job_queue in the configuration")
                  : standing(found.getFirst(), said, setting);
            }));
    found.stream().limit(1).forEach(each -> findings.add(environments(each)));
    return found.stream().findFirst();
  }

  private static Finding standing(JobQueueDetail queue, BatchPlatform said, String setting) {
    String name = queue.jobQueueName();
    if (queue.state() != JQState.ENABLED) {
      return Finding.bad(
          QUEUE,
          "'%s' is %s and takes no jobs".formatted(name, queue.state()),
          "aws batch update-job-queue --job-queue %s --state ENABLED".formatted(name));
    }
    if (!queue.statusAsString().equals("VALID")) {
      return Finding.bad(
          QUEUE,
          "'%s' is %s: %s".formatted(name, queue.statusAsString(), queue.statusReason()),
          "put right what the reason names");
    }
    var known = JobQueues.Known.of(queue);
    Optional<Platform> other =
        known.platform().filter(platform -> !platform.name().equals(said.name()));
    return other.isPresent()
        ? Finding.bad(
            QUEUE,
            "'%s' is of %s, and %s takes it for %s: other sizes of jobs are checked than there are"
                .formatted(name, other.get(), setting, Platform.valueOf(said.name())),
            setting.equals("CORE_BATCH_PLATFORM")
                ? "set CORE_BATCH_PLATFORM=" + lower(other.get())
                : "name it in CORE_BATCH_QUEUE_PLATFORMS: %s=%s"
                    .formatted(name, lower(other.get())))
        : Finding.good(
            QUEUE,
            "'%s' is enabled%s"
                .formatted(name, known.fairShare() ? ", a share for each client" : ""));
  }

  private static String lower(Platform platform) {
    return platform.name().toLowerCase(java.util.Locale.ROOT);
  }

  private Finding environments(JobQueueDetail queue) {
    var names =
        queue.computeEnvironmentOrder().stream()
            .map(ComputeEnvironmentOrder::computeEnvironment)
            .toList();
    if (names.isEmpty()) {
      return Finding.bad(
          ENVIRONMENT,
          "job queue '%s' has none".formatted(queue.jobQueueName()),
          "add one to the queue");
    }
    return CloudExamination.asking(
        ENVIRONMENT,
        () -> {
          var bad =
              clients
                  .batch()
                  .describeComputeEnvironments(each -> each.computeEnvironments(names))
                  .computeEnvironments()
                  .stream()
                  .filter(each -> !isUsable(each))
                  .map(each ->
                      "'%s' is %s and %s: %s"
                          .formatted(
                              each.computeEnvironmentName(),
                              each.stateAsString(),
                              each.statusAsString(),
                              each.statusReason()))
                  .toList();
          return bad.isEmpty()
              ? Finding.good(
                  ENVIRONMENT,
                  "%d of '%s', all valid".formatted(names.size(), queue.jobQueueName()))
              : Finding.bad(
                  ENVIRONMENT,
                  String.join("; ", bad),
                  "jobs stay RUNNABLE until it is ENABLED and VALID; put right what the reason names");
        });
  }

  static boolean isUsable(ComputeEnvironmentDetail environment) {
    return environment.statusAsString().equals("VALID")
        && environment.stateAsString().equals("ENABLED");
  }
}
