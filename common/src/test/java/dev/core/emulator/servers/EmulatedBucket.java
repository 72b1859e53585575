package dev.core.emulator.servers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * For a class of tests, S3 where the SDK finds it, with the buckets {@code one} and {@code two}.
 */
public final class EmulatedBucket implements BeforeAllCallback, AfterAllCallback {

  public static final String ONE = "bucket-one";
  public static final String TWO = "bucket-two";

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "aws.region", "eu-central-1",
          "aws.accessKeyId", "emulated",
          "aws.secretAccessKey", "emulated");

  private @Nullable ObjectServer server;

  @Override
  public void beforeAll(ExtensionContext context) {
    var started = ObjectServer.start(null, 0);
    server = started;
    System.setProperty("aws.endpointUrlS3", started.url().toString());
    PROPERTIES.forEach(System::setProperty);
    try (var client =
        S3Client.builder()
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      client.createBucket(request -> request.bucket(ONE));
      client.createBucket(request -> request.bucket(TWO));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty("aws.endpointUrlS3");
    PROPERTIES.keySet().forEach(System::clearProperty);
    var started = server;
    if (started != null) {
      started.close();
    }
  }
}
