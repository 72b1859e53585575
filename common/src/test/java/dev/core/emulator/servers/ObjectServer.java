package dev.core.emulator.servers;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** S3 at a loopback address: {@code emulated} is key and secret. */
public final class ObjectServer implements AutoCloseable {

  private static final String LOGIN = "emulated";

  private final S3Proxy server;

  private ObjectServer(BlobStore objects, int port) throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(objects)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, LOGIN, LOGIN)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .ignoreUnknownHeaders(true)
            .metricsEnabled(false)
            .build();
    server.start();
  }

  /**
   * @param folder of buckets, which are folders in it; null: in memory
   * @param port 0: any free one
   */
  public static ObjectServer start(@Nullable Path folder, int port) {
    try {
      return new ObjectServer(
          folder == null
              ? new TransientNio2BlobStore()
              : new FilesystemNio2BlobStore(folder.toString()),
          port);
    } catch (Exception e) {
      throw new IllegalStateException("the server of objects does not start", e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server of objects does not stop", e);
    }
  }
}
