package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job, the parent of an array, or one of its children. Guarded by {@link BatchService}. */
final class Job {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final String id;
  final String arn;
  final JsonNode request;
  final JobQueue queue;
  final Definition definition;
  final Instant createdAt;
  final @Nullable Job parent;
  final int index;
  final List<Job> children = new ArrayList<>();

  /** Of the children, by status. */
  final Map<Status, Integer> summary = new EnumMap<>(Status.class);

  Status status = Status.SUBMITTED;
  @Nullable Instant startedAt;
  @Nullable Instant stoppedAt;
  @Nullable Instant runnableAt;
  @Nullable Integer exitCode;
  @Nullable String statusReason;
  @Nullable String containerReason;
  @Nullable String taskId;
  @Nullable String stream;

  /** Why it is being ended, once it is. */
  @Nullable String ending;

  boolean cancelled;
  boolean terminated;
  Containers.@Nullable Running running;

  Job(
      String id,
      String arn,
      JsonNode request,
      JobQueue queue,
      Definition definition,
      Instant createdAt,
      @Nullable Job parent,
      int index) {
    this.id = id;
    this.arn = arn;
    this.request = request;
    this.queue = queue;
    this.definition = definition;
    this.createdAt = createdAt;
    this.parent = parent;
    this.index = index;
  }

  String name() {
    return request.path("jobName").asText();
  }

  boolean isParent() {
    return !children.isEmpty();
  }

  /** A requirement, VCPU or MEMORY: the override, else the definition's. */
  String requirement(String type) {
    for (JsonNode from :
        List.of(
            request.path("containerOverrides"), definition.body().path("containerProperties"))) {
      for (JsonNode each : from.path("resourceRequirements")) {
        if (each.path("type").asText().equals(type)) {
          return each.path("value").asText();
        }
      }
    }
    return "";
  }

  ObjectNode detail() {
    var json = JSON.objectNode();
    json.put("jobArn", arn)
        .put("jobId", id)
        .put("jobName", name())
        .put("jobQueue", queue.arn)
        .put("jobDefinition", definition.arn())
        .put("status", status.name())
        .put("createdAt", createdAt.toEpochMilli());
    common(json);
    var attempts = json.putArray("attempts");
    if (stoppedAt != null && taskId != null) {
      var attempt = attempts.addObject();
      attempt.set("container", container());
      if (startedAt != null) {
        attempt.put("startedAt", startedAt.toEpochMilli());
      }
      attempt.put("stoppedAt", stoppedAt.toEpochMilli()).put("statusReason", statusReason);
    }
    json.set("retryStrategy", request.path("retryStrategy").deepCopy());
    if (request.has("timeout")) {
      json.set("timeout", request.get("timeout"));
    }
    json.putArray("dependsOn");
    json.putObject("parameters");
    json.set(
        "tags", request.path("tags").isMissingNode() ? JSON.objectNode() : request.get("tags"));
    json.put("propagateTags", request.path("propagateTags").asBoolean(false));
    json.putArray("platformCapabilities").add(queue.fargate ? "FARGATE" : "EC2");
    json.put("isCancelled", cancelled).put("isTerminated", terminated);
    if (!isParent()) {
      var container = container();
      container.put("image", definition.body().path("containerProperties").path("image").asText());
      container.set("command", request.path("containerOverrides").path("command").deepCopy());
      container.set(
          "environment",
          request.path("containerOverrides").has("environment")
              ? request.path("containerOverrides").get("environment")
              : JSON.arrayNode());
      container.putArray("resourceRequirements");
      json.set("container", container);
    }
    array(json);
    return json;
  }

  /** An entry of ListJobs, with the gaps that it has when a filter is given. */
  ObjectNode listed(boolean filtered) {
    var json = JSON.objectNode();
    json.put("jobArn", arn)
        .put("jobId", id)
        .put("jobName", name())
        .put("createdAt", createdAt.toEpochMilli())
        .put("status", status.name());
    if (!filtered) {
      common(json);
    }
    if (exitCode != null) {
      json.putObject("container").put("exitCode", exitCode);
    }
    array(json);
    return json;
  }

  private void common(ObjectNode json) {
    if (statusReason != null) {
      json.put("statusReason", statusReason);
    }
    if (startedAt != null) {
      json.put("startedAt", startedAt.toEpochMilli());
    }
    if (stoppedAt != null) {
      json.put("stoppedAt", stoppedAt.toEpochMilli());
    }
  }

  private ObjectNode container() {
    var container = JSON.objectNode();
    if (taskId != null) {
      container.put("taskArn", taskId);
    }
    if (stream != null) {
      container.put("logStreamName", stream);
    }
    if (exitCode != null) {
      container.put("exitCode", exitCode);
    }
    if (containerReason != null) {
      container.put("reason", containerReason);
    }
    return container;
  }

  private void array(ObjectNode json) {
    if (isParent()) {
      var properties = json.putObject("arrayProperties").put("size", children.size());
      var counts = properties.putObject("statusSummary");
      for (Status each : Status.values()) {
        counts.put(each.name().toUpperCase(Locale.ROOT), summary.getOrDefault(each, 0));
      }
    } else if (parent != null) {
      json.putObject("arrayProperties").put("index", index);
    }
  }
}
