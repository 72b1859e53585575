package dev.core.common.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.AttributeMap;

/** A bucket of another region than the one that the SDK finds. */
class S3RegionsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "aws.region", "eu-central-1",
          "aws.accessKeyId", "emulated",
          "aws.secretAccessKey", "emulated");

  private final List<String> hosts = new ArrayList<>();

  @BeforeEach
  void set() {
    PROPERTIES.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    PROPERTIES.keySet().forEach(System::clearProperty);
  }

  @Test
  void isAskedInItsOwnRegion() throws IOException {
    try (var objects = new S3Objects(Transfers.usual(), new Redirecting())) {
      objects.check("far-away");
    }
    assertThat(hosts).first().asString().contains("eu-central-1");
    assertThat(hosts).last().asString().contains("us-west-2");
  }

  /** Answers as S3 does: every region but the bucket's own tells which that is. */
  private final class Redirecting implements SdkHttpClient, SdkHttpClient.Builder<Redirecting> {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String host = request.httpRequest().host();
      hosts.add(host);
      boolean home = host.contains("us-west-2");
      String body = home ? "<ListBucketResult/>" : "<Error><Code>PermanentRedirect</Code></Error>";
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpResponse.builder()
                      .statusCode(home ? 200 : 301)
                      .putHeader("x-amz-bucket-region", "us-west-2")
                      .build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return this;
    }

    @Override
    public void close() {}
  }
}
