package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.emulator.wire.Faults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * EventBridge's part: sends events to an SQS queue, at least once, in any order and late, as the
 * faults say. Thread-safe.
 */
public final class EventQueue implements Consumer<ObjectNode> {

  private final HttpClient client = HttpClient.newHttpClient();
  private final EmulatedTime time;
  private final Faults faults;
  private final URI endpoint;
  private final String queueUrl;
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * @param endpoint of SQS
   */
  public EventQueue(EmulatedTime time, Faults faults, URI endpoint, String queueUrl) {
    this.time = time;
    this.faults = faults;
    this.endpoint = endpoint;
    this.queueUrl = queueUrl;
  }

  /** How many events could not be sent. */
  public int failed() {
    return failed.get();
  }

  @Override
  public void accept(ObjectNode event) {
    var rates = faults.rates();
    int copies = faults.dice() < rates.eventsTwice() ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      long delay = (long) (rates.eventDelay().toNanos() * faults.dice());
      var _ =
          time.after(Duration.ofNanos(delay), () -> Thread.ofVirtual().start(() -> send(event)));
    }
  }

  private void send(ObjectNode event) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("QueueUrl", queueUrl)
            .put("MessageBody", event.toString());
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS.SendMessage")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        failed.incrementAndGet();
      }
    } catch (IOException _) {
      failed.incrementAndGet();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
