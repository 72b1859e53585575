package dev.core.orchestrator.compute.cloud;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.batch.BatchClient;

/** What is known of job queues and does not change in their life. Thread-safe. */
final class JobQueues {

  private final BatchClient client;
  private final Map<String, Boolean> fairShare = new ConcurrentHashMap<>();

  JobQueues(BatchClient client) {
    this.client = client;
  }

  /**
   * Whether jobs of this queue must name a share; false for one that does not exist, which
   * SubmitJob says better.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if Batch cannot be asked
   */
  boolean isFairShare(String queue) {
    return fairShare.computeIfAbsent(
        queue,
        _ ->
            client.describeJobQueues(request -> request.jobQueues(queue)).jobQueues().stream()
                .anyMatch(each -> each.schedulingPolicyArn() != null));
  }
}
