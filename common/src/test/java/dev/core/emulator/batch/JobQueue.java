package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A job queue with its one compute environment. Guarded by {@link BatchService}; tests may break
 * it.
 */
public final class JobQueue {

  final String name;
  final String arn;
  final String environmentArn;
  final boolean fargate;
  final boolean fairShare;
  final int slots;

  /** RUNNABLE jobs without room, oldest first. */
  final Deque<Job> line = new ArrayDeque<>();

  int taken;
  boolean enabled = true;
  String status = "VALID";
  boolean environmentEnabled = true;
  String environmentStatus = "VALID";
  String environmentReason = "ComputeEnvironment Healthy";
  @Nullable String blocked;

  JobQueue(Arns arns, String name, int slots, boolean fargate, boolean fairShare) {
    this.name = name;
    this.arn = arns.queue(name);
    this.environmentArn = arns.environment(name);
    this.slots = slots;
    this.fargate = fargate;
    this.fairShare = fairShare;
  }

  /**
   * Jobs at its head wait, for this reason.
   *
   * @param reason null: no more
   */
  public void block(@Nullable String reason) {
    blocked = reason;
  }

  /** Takes no more jobs. */
  public void disable() {
    enabled = false;
  }

  /** Its compute environment cannot be used. */
  public void breakEnvironment(String reason) {
    environmentStatus = "INVALID";
    environmentReason = reason;
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("jobQueueName", name)
        .put("jobQueueArn", arn)
        .put("state", enabled ? "ENABLED" : "DISABLED")
        .put("status", status)
        .put("statusReason", "JobQueue Healthy")
        .put("priority", 1)
        .put("jobQueueType", fargate ? "ECS_FARGATE" : "ECS");
    json.putArray("computeEnvironmentOrder")
        .addObject()
        .put("order", 1)
        .put("computeEnvironment", environmentArn);
    if (fairShare) {
      json.put("schedulingPolicyArn", arn.replace("job-queue/", "scheduling-policy/"));
    }
    return json;
  }

  ObjectNode environmentJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("computeEnvironmentName", name)
        .put("computeEnvironmentArn", environmentArn)
        .put("type", "MANAGED")
        .put("state", environmentEnabled ? "ENABLED" : "DISABLED")
        .put("status", environmentStatus)
        .put("statusReason", environmentReason);
    json.putObject("computeResources")
        .put("type", fargate ? "FARGATE" : "SPOT")
        .put("maxvCpus", slots)
        .put("minvCpus", 0);
    return json;
  }
}
