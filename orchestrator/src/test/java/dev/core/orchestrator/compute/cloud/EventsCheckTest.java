package dev.core.orchestrator.compute.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Faults;
import dev.core.emulator.wire.Service;
import dev.core.emulator.wire.WireServer;
import dev.core.orchestrator.compute.Finding;
import dev.core.orchestrator.compute.Finding.Standing;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cloud")
class EventsCheckTest {

  private final Faults faults = new Faults(1);
  private WireServer server;
  private AwsClients clients;

  /** SQS with one queue, {@code events}, in which three messages wait. */
  private static final class OneQueue implements Service {
    @Override
    public String prefix() {
      return "sqs";
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
      assertThat(operation).isEqualTo("GetQueueAttributes");
      if (!request.path("QueueUrl").asText().endsWith("/events")) {
        throw new AwsError(400, "QueueDoesNotExist", "The specified queue does not exist.");
      }
      var answer = JsonNodeFactory.instance.objectNode();
      answer.putObject("Attributes").put("ApproximateNumberOfMessages", "3");
      return answer;
    }
  }

  @BeforeEach
  void start() throws IOException {
    var queues = new OneQueue();
    server = new WireServer(0, queues, Map.of("AmazonSQS", queues), _ -> "", faults);
    clients = EmulatedCloud.clients(server.url());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  private Finding of(String queue) {
    return EventsCheck.finding(clients, server.url() + "/123456789012/" + queue);
  }

  @Test
  void aQueueThatIsThereTellsHowManyEventsWait() {
    assertThat(of("events").standing()).isEqualTo(Standing.GOOD);
    assertThat(of("events").text()).endsWith("/events, about 3 events wait");
    assertThat(EventsCheck.finding(clients, null).text()).contains("CORE_BATCH_EVENTS_QUEUE");
  }

  @Test
  void aMissingQueueAndADeniedCallAreNamed() {
    assertThat(of("nope").text()).startsWith("there is no queue http");
    assertThat(of("nope").remedy()).contains("CORE_BATCH_EVENTS_QUEUE");
    faults.deny("GetQueueAttributes");
    assertThat(of("events").text()).contains("cannot be looked at: AccessDenied");
    assertThat(of("events").remedy()).contains("the role may make this call");
  }
}
