package dev.core.common.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where jobs of cloud mode go.
 *
 * @param queue name or ARN of the job queue
 * @param definition name of the job definition that runs the image of CORE
 * @param submitRate SubmitJob calls a second
 * @param eventsQueue URL of the SQS queue of state changes; null: none
 * @param account that the credentials must be of; null: any
 */
public record BatchSettings(
    String queue,
    String definition,
    int submitRate,
    @Nullable String eventsQueue,
    @Nullable String account) {}
