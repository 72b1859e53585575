/**
 * AWS Batch as a compute backend: a job is a Batch job, its log a CloudWatch stream, its news
 * EventBridge events in an SQS queue. Types of the AWS SDK do not leave this package.
 */
@NullMarked
package dev.core.orchestrator.compute.cloud;

import org.jspecify.annotations.NullMarked;
