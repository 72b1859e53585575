package dev.core.emulator.servers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

  /** Makes a queue and tells its URL. */
  public URI create(String name) {
    var body = JsonNodeFactory.instance.objectNode().put("QueueName", name).toString();
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(url)
                  .header("Content-Type", "application/x-amz-json-1.0")
                  .header("X-Amz-Target", "AmazonSQS.CreateQueue")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("no queue %s: %s".formatted(name, answer.body()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a queue was made", e);
    }
    return url.resolve("/000000000000/" + name);
  }

  /** Does not wait for those who still receive: a long poll would hold it up. */
  @Override
  public void close() {
    var _ = server.stopAndGetFuture();
  }
}
