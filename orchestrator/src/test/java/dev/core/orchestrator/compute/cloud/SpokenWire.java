package dev.core.orchestrator.compute.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.common.json.Json;
import dev.core.orchestrator.compute.cloud.InProcessCloud.Answer;
import dev.core.orchestrator.compute.cloud.InProcessCloud.Host;
import dev.core.orchestrator.compute.cloud.InProcessCloud.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Clients of the SDK whose requests go to whatever wire their thread speaks on. They are the same
 * for all, since making them costs more than a simulation; and they remember nothing.
 */
final class SpokenWire implements SdkHttpClient {

  private record Speech(Wire wire, Host host) {}

  private static final ThreadLocal<@Nullable Speech> SPEECH = new ThreadLocal<>();
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(20);

  private static final class Clients {
    static final AwsClients ALL = made();
  }

  private SpokenWire() {}

  /** Those of this process. */
  static AwsClients clients() {
    return Clients.ALL;
  }

  /** Makes calls, of which others may be made within on other wires. */
  static <T> T speaking(Wire wire, Host host, Supplier<T> calls) {
    Speech before = SPEECH.get();
    SPEECH.set(new Speech(wire, host));
    try {
      return calls.get();
    } finally {
      SPEECH.set(before);
    }
  }

  private static Speech speech() {
    Speech speech = SPEECH.get();
    if (speech == null) {
      throw new IllegalStateException("a call of AWS by nobody");
    }
    return speech;
  }

  private static AwsClients made() {
    return new AwsClients(
        client(BatchClient.builder(), DefaultRetryStrategy.doNotRetry()),
        client(BatchClient.builder(), retrying()),
        client(CloudWatchLogsClient.builder(), retrying()),
        client(SqsClient.builder().checksumValidationEnabled(false), retrying()),
        client(StsClient.builder(), retrying()),
        client(EcrClient.builder(), retrying()),
        client(IamClient.builder(), retrying()));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, RetryStrategy retries) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(URI.create("http://in.process"))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(new SpokenWire())
        .overrideConfiguration(each -> each.retryStrategy(retries))
        .build();
  }

  /** As many as the product makes; whoever waits for the next one waits in the host's time. */
  private static RetryStrategy retrying() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .maxAttempts(6)
        // It would remember the failures of other simulations.
        .circuitBreakerEnabled(false)
        .backoffStrategy(SpokenWire::backOff)
        .throttlingBackoffStrategy(SpokenWire::backOff)
        .build();
  }

  private static Duration backOff(int attempt) {
    Duration delay = Duration.ofMillis(100L << Math.min(attempt, 8));
    speech().host().sleep(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    return Duration.ZERO;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answered(request);
      }

      @Override
      public void abort() {}
    };
  }

  private static HttpExecuteResponse answered(HttpExecuteRequest request) throws IOException {
    Answer answer = speech().wire().call(operation(request), body(request));
    var head =
        SdkHttpResponse.builder()
            .statusCode(answer.status())
            .putHeader("Content-Type", "application/json");
    if (!answer.error().isEmpty()) {
      head.putHeader("x-amzn-ErrorType", answer.error());
    }
    byte[] bytes = Json.write(answer.body()).getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  private static String operation(HttpExecuteRequest request) {
    var head = request.httpRequest();
    String path = head.encodedPath();
    return head.firstMatchingHeader("X-Amz-Target")
        .map(target -> target.substring(target.indexOf('.') + 1))
        .orElse(path.substring(path.lastIndexOf('/') + 1))
        .toLowerCase(Locale.ROOT);
  }

  private static JsonNode body(HttpExecuteRequest request) throws IOException {
    var content = request.contentStreamProvider();
    if (content.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try (InputStream in = content.get().newStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.isEmpty()
          ? JsonNodeFactory.instance.objectNode()
          : Json.read(text, JsonNode.class);
    }
  }

  @Override
  public void close() {}
}
