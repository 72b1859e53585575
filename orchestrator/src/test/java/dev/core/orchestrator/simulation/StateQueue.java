package dev.core.orchestrator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.orchestrator.compute.JobReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A queue of state changes: whoever reads it gets some of them, and gets them again if it does not
 * delete them in time.
 */
final class StateQueue {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int AT_ONCE = 10;
  private static final long INVISIBLE = 30_000_000;

  private final Timeline time;
  private final List<Message> messages = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private int sent;
  private boolean waking;

  private static final class Message {
    final String id;
    final String body;
    long visibleAt;

    Message(String id, String body) {
      this.id = id;
      this.body = body;
    }
  }

  private record Reader(Supplier<Boolean> wanted, Runnable read) {}

  StateQueue(Timeline time) {
    this.time = time;
  }

  /** An event as EventBridge sends it. */
  void send(JobReport report) {
    var event = JSON.objectNode();
    event.put("detail-type", "Batch Job State Change").put("source", "aws.batch");
    event.set("detail", BatchWords.job(report));
    messages.add(new Message("m" + ++sent, event.toString()));
    wakeAfter(0);
  }

  void read(Supplier<Boolean> wanted, Runnable read) {
    readers.add(new Reader(wanted, read));
    wakeAfter(0);
  }

  /** Those who wait for messages get an answer when there are some. */
  private void wakeAfter(long micros) {
    if (waking) {
      return;
    }
    waking = true;
    time.after(
        micros,
        () -> {
          waking = false;
          readers.removeIf(reader -> !reader.wanted().get());
          if (!messages.isEmpty()) {
            List.copyOf(readers).forEach(reader -> reader.read().run());
            wakeAfter(INVISIBLE / 10);
          }
        });
  }

  ObjectNode receive() {
    var answer = JSON.objectNode();
    var received = answer.putArray("Messages");
    for (Message message : messages) {
      if (message.visibleAt <= time.micros() && received.size() < AT_ONCE) {
        message.visibleAt = time.micros() + INVISIBLE;
        ObjectNode each = received.addObject();
        each.put("MessageId", message.id).put("ReceiptHandle", message.id);
        each.put("Body", message.body);
      }
    }
    return answer;
  }

  ObjectNode delete(JsonNode request) {
    var answer = JSON.objectNode();
    var done = answer.putArray("Successful");
    answer.putArray("Failed");
    for (JsonNode entry : request.path("Entries")) {
      for (Iterator<Message> left = messages.iterator(); left.hasNext(); ) {
        if (left.next().id.equals(entry.path("ReceiptHandle").asText())) {
          left.remove();
        }
      }
      done.addObject().put("Id", entry.path("Id").asText());
    }
    return answer;
  }
}
