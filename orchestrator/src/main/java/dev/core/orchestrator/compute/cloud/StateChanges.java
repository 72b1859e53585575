package dev.core.orchestrator.compute.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.orchestrator.compute.ComputeBackend.Subscription;
import dev.core.orchestrator.compute.JobReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads state changes of jobs from the queue that EventBridge fills. They come at least once and in
 * any order; a message is deleted once it was handed on, and one that is no state change of a job
 * is deleted as well. Hints only: looking at the jobs stays.
 */
final class StateChanges implements Runnable, Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(StateChanges.class);
  private static final int WAIT_SECONDS = 20;
  private static final int AT_ONCE = 10;
  private static final long PAUSE_MILLIS = 5_000;

  private final SqsClient client;
  private final String queueUrl;
  private final Consumer<JobReport> listener;
  private volatile boolean closed;
  private volatile @Nullable Thread reader;

  StateChanges(SqsClient client, String queueUrl, Consumer<JobReport> listener) {
    this.client = client;
    this.queueUrl = queueUrl;
    this.listener = listener;
  }

  @Override
  public void run() {
    reader = Thread.currentThread();
    while (!closed) {
      if (!readOnce() && !closed) {
        pause();
      }
    }
  }

  boolean closed() {
    return closed;
  }

  /** Waits for messages for a while; false: they cannot be read. */
  boolean readOnce() {
    try {
      read();
      return true;
    } catch (SdkException e) {
      if (!closed) {
        LOG.warn("state changes cannot be read: {}", AwsTrouble.text(e));
      }
      return false;
    }
  }

  private void read() {
    var messages =
        client
            .receiveMessage(request ->
                request
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(AT_ONCE)
                    .waitTimeSeconds(WAIT_SECONDS))
            .messages();
    var read = new ArrayList<DeleteMessageBatchRequestEntry>();
    for (Message message : messages) {
      if (closed) {
        return;
      }
      report(message.body()).ifPresent(listener);
      read.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(String.valueOf(read.size()))
              .receiptHandle(message.receiptHandle())
              .build());
    }
    if (!read.isEmpty()) {
      client.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(read));
    }
  }

  /** What an event says of a job; empty for anything else. */
  static Optional<JobReport> report(String body) {
    JsonNode event;
    try {
      event = Json.read(body, JsonNode.class);
    } catch (Json.MalformedJson e) {
      LOG.warn("a message in the queue of state changes is no JSON: {}", e.getMessage());
      return Optional.empty();
    }
    JsonNode job = event.path("detail");
    if (!event.path("source").asText().equals("aws.batch")
        || !job.path("jobId").isTextual()
        || !job.path("status").isTextual()) {
      return Optional.empty();
    }
    JsonNode children = job.path("arrayProperties").path("statusSummary");
    if (!children.isEmpty()) {
      Map<String, Integer> counts = new HashMap<>();
      children.properties().forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
      return Optional.of(
          JobReports.ofArray(
              job.path("jobId").asText(),
              job.path("jobName").asText(),
              job.path("status").asText(),
              job.path("createdAt").asLong(),
              text(job.path("statusReason")),
              counts));
    }
    JsonNode container = job.path("container");
    return Optional.of(
        JobReports.report(
            job.path("jobId").asText(),
            job.path("jobName").asText(),
            job.path("status").asText(),
            job.path("createdAt").asLong(),
            text(job.path("statusReason")),
            text(container.path("reason")),
            container.path("exitCode").isInt() ? container.path("exitCode").asInt() : null));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      // Only close() interrupts, and has set the flag that ends the loop.
      LOG.debug("woken to close");
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread thread = reader;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
