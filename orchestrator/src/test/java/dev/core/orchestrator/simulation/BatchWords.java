package dev.core.orchestrator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.common.definition.Resources;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Jobs of the cluster in the words of AWS Batch. */
final class BatchWords {

  static final String QUEUE = "dev-core";
  static final String DEFINITION = "core_dev";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ENDED_BY_ITSELF = "Essential container in task exited";

  private BatchWords() {}

  /** What SubmitJob asks for. */
  static JobRequest request(JsonNode call) {
    JsonNode container = call.path("containerOverrides");
    JsonNode command = container.path("command");
    Map<String, String> requirements = new TreeMap<>();
    for (JsonNode each : container.path("resourceRequirements")) {
      requirements.put(each.path("type").asText(), each.path("value").asText());
    }
    Map<String, String> labels = new TreeMap<>();
    call.path("tags")
        .properties()
        .forEach(tag -> labels.put(tag.getKey(), tag.getValue().asText()));
    return new JobRequest(
        call.path("jobName").asText(),
        command.path(command.size() - 1).asText(),
        call.path("jobQueue").asText(),
        call.path("jobDefinition").asText(),
        new Resources(
            new BigDecimal(requirements.get("VCPU")),
            Integer.parseInt(requirements.get("MEMORY")),
            call.path("timeout").path("attemptDurationSeconds").asInt(),
            call.path("retryStrategy").path("attempts").asInt(),
            0,
            null,
            null),
        call.path("arrayProperties").path("size").asInt(1),
        labels);
  }

  /** As DescribeJobs and events have it. */
  static ObjectNode job(JobReport report) {
    var job = listed(report);
    String status =
        report.status() == JobReport.Status.PENDING ? "RUNNABLE" : report.status().name();
    job.put("status", status)
        .put("jobQueue", QUEUE)
        .put("jobDefinition", DEFINITION)
        .put("startedAt", report.createdAt().toEpochMilli());
    if (report.status().ended()) {
      String reason = report.reason();
      job.put("statusReason", reason == null ? ENDED_BY_ITSELF : reason);
    }
    return job;
  }

  /** As ListJobs has it: without reasons. */
  static ObjectNode listed(JobReport report) {
    var job = JSON.objectNode();
    job.put("jobId", report.jobId())
        .put("jobName", report.name())
        .put("createdAt", report.createdAt().toEpochMilli())
        .put(
            "status",
            report.status() == JobReport.Status.PENDING ? "SUBMITTED" : report.status().name());
    var container = job.putObject("container");
    Integer code = report.exitCode();
    if (code != null) {
      container.put("exitCode", code);
    }
    return job;
  }

  static ObjectNode queue() {
    return JSON.objectNode()
        .put("jobQueueName", QUEUE)
        .put("jobQueueArn", "arn:aws:batch:eu-central-1:123456789012:job-queue/" + QUEUE)
        .put("jobQueueType", "ECS")
        .put("state", "ENABLED")
        .put("status", "VALID")
        .put("priority", 1);
  }

  static ObjectNode definition() {
    var definition =
        JSON.objectNode()
            .put("jobDefinitionName", DEFINITION)
            .put(
                "jobDefinitionArn",
                "arn:aws:batch:eu-central-1:123456789012:job-definition/" + DEFINITION + ":3")
            .put("revision", 3)
            .put("status", "ACTIVE")
            .put("type", "container");
    definition.putArray("platformCapabilities").add("EC2");
    definition.putObject("containerProperties").put("image", "core:1");
    return definition;
  }
}
