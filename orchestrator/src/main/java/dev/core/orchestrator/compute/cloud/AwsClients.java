package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS clients of one backend. Region, credentials and endpoints come from where the SDK finds
 * them: {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_BATCH} and so on.
 *
 * @param submit sends SubmitJob and nothing else, once: the SDK's own retries would make up to four
 *     jobs of one call
 * @param batch everything else of Batch, with the SDK's retries
 * @param queues receives with long polls, so it waits longer than the others
 */
public record AwsClients(
    BatchClient submit,
    BatchClient batch,
    CloudWatchLogsClient logs,
    SqsClient queues,
    StsClient identity,
    EcrClient images,
    IamClient roles)
    implements AutoCloseable {

  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** Longer than the longest wait that SQS allows, 20 s. */
  private static final Duration LONG_POLL = Duration.ofSeconds(40);

  /**
   * @param change is applied to every builder, such as to name an endpoint
   * @throws BackendUnavailable if the SDK finds no region, or its configuration is none
   */
  public static AwsClients open(Consumer<AwsClientBuilder<?, ?>> change) {
    try {
      return made(change);
    } catch (SdkClientException e) {
      String said = String.valueOf(e.getMessage());
      throw new BackendUnavailable(
          said.startsWith("Unable to load region")
              ? "no AWS region: AWS_REGION is not set, and neither profile nor machine tells one"
              : "AWS is not set up: " + said,
          e);
    }
  }

  private static AwsClients made(Consumer<AwsClientBuilder<?, ?>> change) {
    return new AwsClients(
        http(BatchClient.builder(), change)
            .overrideConfiguration(
                each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(CALL))
            .build(),
        retrying(BatchClient.builder(), change),
        retrying(CloudWatchLogsClient.builder(), change),
        http(SqsClient.builder(), change)
            .overrideConfiguration(each -> each.apiCallAttemptTimeout(LONG_POLL))
            .build(),
        retrying(StsClient.builder(), change),
        retrying(EcrClient.builder(), change),
        retrying(IamClient.builder().region(Region.AWS_GLOBAL), change));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B http(
      B builder, Consumer<AwsClientBuilder<?, ?>> change) {
    change.accept(builder);
    return builder.httpClientBuilder(
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(LONG_POLL));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C retrying(
      B builder, Consumer<AwsClientBuilder<?, ?>> change) {
    return http(builder, change)
        .overrideConfiguration(each ->
            each.retryStrategy(
                    DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(6).build())
                .apiCallTimeout(CALL)
                .apiCallAttemptTimeout(ATTEMPT))
        .build();
  }

  @Override
  public void close() {
    submit.close();
    batch.close();
    logs.close();
    queues.close();
    identity.close();
    images.close();
    roles.close();
  }
}
