package dev.core.emulator.servers;

import java.net.URI;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;

/** SQS at a loopback address. */
public final class QueueServer implements AutoCloseable {

  private final SQSRestServer server;
  private final URI url;

  private QueueServer(SQSRestServer server) {
    this.server = server;
    Http.ServerBinding binding = server.waitUntilStarted();
    this.url = URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
  }

  /**
   * @param port 0: any free one
   */
  public static QueueServer start(int port) {
    TheSQSRestServerBuilder builder = SQSRestServerBuilder.withInterface("127.0.0.1");
    return new QueueServer(
        (port == 0 ? builder.withDynamicPort() : builder.withPort(port)).start());
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
