package dev.core.orchestrator.compute.cloud;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud backend needs to know of an installation.
 *
 * @param queue name or ARN of the job queue that takes jobs
 * @param definition name of the job definition that runs the image of CORE
 * @param submitRate SubmitJob calls a second, of this account and region
 * @param eventsQueue URL of the SQS queue of state changes; null: jobs are looked at only
 * @param account whose credentials these must be; null: anybody's
 * @param settleTime how long a job may stay unseen by look-ups: DescribeJobs and ListJobs were seen
 *     to lag behind by seconds, so a minute is on the safe side
 */
public record CloudOptions(
    String queue,
    String definition,
    int submitRate,
    @Nullable String eventsQueue,
    @Nullable String account,
    Duration settleTime) {}
