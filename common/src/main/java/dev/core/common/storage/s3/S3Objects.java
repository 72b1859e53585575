package dev.core.common.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Reads, writes and copies objects. Region, credentials and endpoint come from where the SDK finds
 * them; buckets may be in other regions than that. An endpoint that is not AWS's is addressed by
 * path. The client is made with the first call. Thread-safe.
 */
public final class S3Objects implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SOCKET = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 6;

  private final Transfers sizes;
  private final SdkHttpClient.Builder<?> http;
  private @Nullable S3Client client;

  public S3Objects() {
    this(Transfers.usual());
  }

  S3Objects(Transfers sizes) {
    this(sizes, UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SOCKET));
  }

  S3Objects(Transfers sizes, SdkHttpClient.Builder<?> http) {
    this.sizes = sizes;
    this.http = http;
  }

  /**
   * An object of a listing.
   *
   * @param size in bytes
   */
  public record Listed(S3Location location, long size) {}

  /** All objects whose keys begin with that of the location, sorted by key. */
  public List<Listed> list(S3Location prefix) throws IOException {
    return asking(
        "listing " + prefix,
        () ->
            client()
                .listObjectsV2Paginator(
                    request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                .contents()
                .stream()
                .map(each -> new Listed(new S3Location(prefix.bucket(), each.key()), each.size()))
                .toList());
  }

  /** The object's bytes as a new file; its folder is made. */
  public void download(S3Location from, Path to) throws IOException {
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var _ =
        asking(
            "reading " + from,
            () -> client().getObject(request -> request.bucket(from.bucket()).key(from.key()), to));
  }

  /** The file's bytes as an object, which is there whole or not at all; large ones in parts. */
  public void upload(Path from, S3Location to) throws IOException {
    long size = Files.size(from);
    if (size > sizes.largestPut()) {
      asking("writing " + to, () -> new PartedUpload(client(), to, sizes).file(from, size));
    } else {
      var _ =
          asking(
              "writing " + to,
              () ->
                  client()
                      .putObject(
                          request -> request.bucket(to.bucket()).key(to.key()),
                          RequestBody.fromFile(from)));
    }
  }

  /**
   * Copies within S3: the bytes do not pass through this machine. The source stays.
   *
   * @return how many bytes
   * @throws S3Failure also if the source is replaced meanwhile; then there is no copy
   */
  public long copy(S3Location from, S3Location to) throws IOException {
    return copy(from, to, look(from));
  }

  /**
   * An object's content at one time.
   *
   * @param size in bytes
   * @param tag of this content and no other
   */
  record Version(long size, String tag) {}

  Version look(S3Location at) throws IOException {
    return asking(
        "looking at " + at,
        () -> {
          var head = client().headObject(request -> request.bucket(at.bucket()).key(at.key()));
          return new Version(head.contentLength(), head.eTag());
        });
  }

  long copy(S3Location from, S3Location to, Version version) throws IOException {
    String what = "copying " + from + " to " + to;
    if (version.size() > sizes.largestCopy()) {
      asking(what, () -> new PartedUpload(client(), to, sizes).copy(from, version));
    } else {
      var _ =
          asking(
              what,
              () ->
                  client()
                      .copyObject(request ->
                          request
                              .sourceBucket(from.bucket())
                              .sourceKey(from.key())
                              .copySourceIfMatch(version.tag())
                              .destinationBucket(to.bucket())
                              .destinationKey(to.key())));
    }
    return version.size();
  }

  /**
   * Whether the bucket is there and may be listed.
   *
   * @throws S3Failure if not, with the reason
   */
  public void check(String bucket) throws IOException {
    var _ =
        asking(
            "asking for bucket " + bucket,
            () -> client().listObjectsV2(request -> request.bucket(bucket).maxKeys(1)));
  }

  private static <T> T asking(String what, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Failure.of(what, e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private synchronized S3Client client() {
    var known = client;
    if (known == null) {
      known = builder().crossRegionAccessEnabled(true).build();
      if (known.serviceClientConfiguration().endpointOverride().isPresent()) {
        known.close();
        known = builder().forcePathStyle(true).build();
      }
      client = known;
    }
    return known;
  }

  private S3ClientBuilder builder() {
    return S3Client.builder()
        .httpClientBuilder(http)
        .overrideConfiguration(each ->
            each.retryStrategy(
                DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(ATTEMPTS).build()));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
