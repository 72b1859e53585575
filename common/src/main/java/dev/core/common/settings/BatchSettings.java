package dev.core.common.settings;

import dev.core.common.definition.JobQueueName;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs of cloud mode go.
 *
 * @param queue name or ARN of the job queue
 * @param platform of the compute environments of that queue
 * @param platforms of other queues that the configuration names, by their names
 * @param definition name of the job definition that runs the image of CORE
 * @param repository of Amazon ECR that holds the image of CORE
 * @param submitRate SubmitJob calls a second
 * @param settleTime how long a job may stay unseen by look-ups
 * @param eventsQueue URL of the SQS queue of state changes; null: none
 * @param account that the credentials must be of; null: any
 */
public record BatchSettings(
    String queue,
    BatchPlatform platform,
    Map<String, BatchPlatform> platforms,
    String definition,
    String repository,
    int submitRate,
    Duration settleTime,
    @Nullable String eventsQueue,
    @Nullable String account) {

  /** What another queue than that of the installation is, by its name or ARN. */
  public BatchPlatform platform(String nameOrArn) {
    return platforms.getOrDefault(JobQueueName.of(nameOrArn), platform);
  }
}
