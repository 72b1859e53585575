package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.emulator.logs.LogsService;
import dev.core.emulator.secrets.SecretsService;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Faults;
import dev.core.emulator.wire.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * AWS Batch: what SubmitJob takes, it runs, with Batch's states, delays, limits and errors.
 * Thread-safe.
 */
public final class BatchService implements Service {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Object lock = new Object();
  private final Arns arns;
  private final EmulatedTime time;
  private final Faults faults;
  private final Definitions definitions;
  private final Lifecycle lifecycle;
  private final SubmitRate rate;
  private final Map<String, JobQueue> queues = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final List<Consumer<ObjectNode>> listeners = new ArrayList<>();

  /**
   * @param rate SubmitJob calls a second, of the machine's time
   */
  public BatchService(
      String region,
      String account,
      EmulatedTime time,
      Delays delays,
      int rate,
      Containers containers,
      LogsService logs,
      SecretsService secrets,
      Faults faults) {
    this.arns = new Arns(region, account);
    this.time = time;
    this.faults = faults;
    this.rate = new SubmitRate(rate);
    this.definitions = new Definitions(arns);
    this.lifecycle =
        new Lifecycle(
            lock, time, delays, containers, logs, secrets, this::tell, job -> jobs.remove(job.id));
  }

  /** Adds a queue with a compute environment of the same name, for so many jobs at once. */
  public JobQueue queue(String name, int slots, boolean fargate, boolean fairShare) {
    synchronized (lock) {
      var queue = new JobQueue(arns, name, slots, fargate, fairShare);
      queues.put(name, queue);
      return queue;
    }
  }

  /** Changes a queue, such as to break it. */
  public void change(String queue, Consumer<JobQueue> change) {
    synchronized (lock) {
      JobQueue found = queues.get(queue);
      if (found == null) {
        throw new IllegalArgumentException("there is no queue " + queue);
      }
      change.accept(found);
      lifecycle.schedule(found);
    }
  }

  /** Takes every event of a change of state, as EventBridge sends it. */
  public void onEvent(Consumer<ObjectNode> listener) {
    synchronized (lock) {
      listeners.add(listener);
    }
  }

  /** What SubmitJob was asked for with effect, oldest first, of jobs that are still known. */
  public List<JsonNode> submissions() {
    synchronized (lock) {
      return jobs.values().stream()
          .filter(job -> job.parent == null)
          .map(job -> job.request.<JsonNode>deepCopy())
          .toList();
    }
  }

  /** How many jobs were ever accepted under this name; children of arrays do not count. */
  public long accepted(String jobName) {
    synchronized (lock) {
      return jobs.values().stream()
          .filter(job -> job.parent == null && job.name().equals(jobName))
          .count();
    }
  }

  /** How many jobs, children of arrays included and parents not, have not ended. */
  public long live() {
    synchronized (lock) {
      return jobs.values().stream().filter(job -> !job.isParent() && !job.status.ended()).count();
    }
  }

  /** A job vanishes, as if Batch had never known it; its container goes on. */
  public void forget(String jobId) {
    synchronized (lock) {
      jobs.remove(jobId);
    }
  }

  @Override
  public String prefix() {
    return "batch";
  }

  @Override
  public JsonNode call(String operation, JsonNode request) {
    synchronized (lock) {
      return switch (operation.toLowerCase(Locale.ROOT)) {
        case "submitjob" -> submit(request);
        case "describejobs" -> describe(request);
        case "listjobs" -> list(request);
        case "terminatejob" -> end(request, lifecycle::terminate);
        case "canceljob" -> end(request, lifecycle::cancel);
        case "registerjobdefinition" -> definitions.register(request);
        case "deregisterjobdefinition" -> definitions.deregister(request);
        case "describejobdefinitions" -> definitions.describe(request);
        case "describejobqueues" -> queues(request);
        case "describecomputeenvironments" -> environments(request);
        case "getjobqueuesnapshot" -> snapshot(request);
        default -> throw new AwsError(404, "UnknownOperationException", operation);
      };
    }
  }

  private JsonNode submit(JsonNode request) {
    if (!rate.take()) {
      throw AwsError.tooManyRequests();
    }
    JobQueue queue = find(request.path("jobQueue").asText());
    Limits.submission(request, queue.fairShare);
    Definition definition = definitions.find(request.path("jobDefinition").asText());
    if (!queue.enabled) {
      throw AwsError.client("JobQueue " + queue.name + " is not ENABLED.");
    }
    String id = UUID.randomUUID().toString();
    var job = new Job(id, arns.job(id), request, queue, definition, time.now(), null, 0);
    Limits.platform(queue.fargate, definition.body().path("platformCapabilities"));
    Limits.size(queue.fargate, job.requirement("VCPU"), job.requirement("MEMORY"));
    jobs.put(id, job);
    int size = request.path("arrayProperties").path("size").asInt(0);
    for (int index = 0; index < size; index++) {
      String childId = id + ":" + index;
      var child =
          new Job(
              childId, arns.job(childId), request, queue, definition, job.createdAt, job, index);
      job.children.add(child);
      jobs.put(childId, child);
    }
    lifecycle.submitted(job);
    return JSON.objectNode().put("jobArn", job.arn).put("jobId", id).put("jobName", job.name());
  }

  private JsonNode describe(JsonNode request) {
    JsonNode wanted = request.path("jobs");
    if (wanted.isEmpty()) {
      throw Limits.refused("jobs must not be empty");
    }
    if (wanted.size() > 100) {
      throw Limits.refused("Maximum number of jobs supported is  100 .");
    }
    var answer = JSON.objectNode();
    var found = answer.putArray("jobs");
    for (JsonNode id : wanted) {
      Job job = jobs.get(id.asText());
      if (job != null && seen(job)) {
        found.add(job.detail());
      }
    }
    return answer;
  }

  private boolean seen(Job job) {
    Instant from = job.createdAt.plus(faults.rates().lookUpLag());
    return !time.now().isBefore(from);
  }

  private JsonNode list(JsonNode request) {
    JsonNode filters = request.path("filters");
    if (filters.size() > 1) {
      throw Limits.refused("Only one filter key-value pair can be specified.");
    }
    String arrayId = request.path("arrayJobId").asText("");
    boolean filtered = filters.size() == 1;
    var all =
        jobs.values().stream()
            .filter(this::seen)
            .filter(job ->
                arrayId.isEmpty()
                    ? job.parent == null && job.queue == find(request.path("jobQueue").asText())
                    : job.parent != null && job.parent.id.equals(arrayId))
            .filter(job ->
                filtered
                    ? matches(job, filters.get(0))
                    : job.status.name().equals(request.path("jobStatus").asText("RUNNING")))
            .toList()
            .reversed();
    int from = Integer.parseInt(request.path("nextToken").asText("0"));
    int most = filtered ? 100 : 1000;
    int size = Math.clamp(request.path("maxResults").asInt(most), 1, most);
    int to = Math.min(all.size(), from + size);
    var answer = JSON.objectNode();
    var page = answer.putArray("jobSummaryList");
    all.subList(Math.min(from, to), to).forEach(job -> page.add(job.listed(filtered)));
    if (to < all.size()) {
      answer.put("nextToken", String.valueOf(to));
    }
    return answer;
  }

  private static boolean matches(Job job, JsonNode filter) {
    String name = filter.path("name").asText();
    String value = filter.path("values").path(0).asText().toLowerCase(Locale.ROOT);
    String actual = job.name().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "JOB_NAME" ->
          value.endsWith("*")
              ? actual.startsWith(value.substring(0, value.length() - 1))
              : actual.equals(value);
      case "AFTER_CREATED_AT" -> job.createdAt.toEpochMilli() > Long.parseLong(value);
      case "BEFORE_CREATED_AT" -> job.createdAt.toEpochMilli() < Long.parseLong(value);
      default -> throw Limits.refused("Filter " + name + " is not emulated");
    };
  }

  private interface Ending {
    void end(Job job, String reason);
  }

  private JsonNode end(JsonNode request, Ending ending) {
    String reason = request.path("reason").asText("");
    if (reason.isEmpty() || reason.length() > 1024) {
      throw Limits.refused("reason must have 1 to 1024 characters");
    }
    Job job = jobs.get(request.path("jobId").asText());
    if (job != null) {
      ending.end(job, reason);
    }
    return JSON.objectNode();
  }

  private JsonNode queues(JsonNode request) {
    var answer = JSON.objectNode();
    var found = answer.putArray("jobQueues");
    queues.values().stream()
        .filter(queue -> named(request.path("jobQueues"), queue.name, queue.arn))
        .forEach(queue -> found.add(queue.json()));
    return answer;
  }

  private JsonNode environments(JsonNode request) {
    var answer = JSON.objectNode();
    var found = answer.putArray("computeEnvironments");
    queues.values().stream()
        .filter(
            queue -> named(request.path("computeEnvironments"), queue.name, queue.environmentArn))
        .forEach(queue -> found.add(queue.environmentJson()));
    return answer;
  }

  private static boolean named(JsonNode wanted, String name, String arn) {
    if (wanted.isEmpty()) {
      return true;
    }
    for (JsonNode each : wanted) {
      if (each.asText().equals(name) || each.asText().equals(arn)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode snapshot(JsonNode request) {
    JobQueue queue = find(request.path("jobQueue").asText());
    var answer = JSON.objectNode();
    var front = answer.putObject("frontOfQueue");
    var first = front.putArray("jobs");
    queue.line.stream()
        .limit(100)
        .forEach(job -> {
          Instant since = job.runnableAt;
          first
              .addObject()
              .put("jobArn", job.arn)
              .put("earliestTimeAtPosition", since == null ? 0 : since.toEpochMilli());
        });
    front.put("lastUpdatedAt", time.now().toEpochMilli());
    return answer;
  }

  private JobQueue find(String queue) {
    for (JobQueue each : queues.values()) {
      if (each.name.equals(queue) || each.arn.equals(queue)) {
        return each;
      }
    }
    throw AwsError.client("JobQueue " + queue + " not found.");
  }

  private void tell(Job job) {
    if (listeners.isEmpty()) {
      return;
    }
    var event = JSON.objectNode();
    event
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", "Batch Job State Change")
        .put("source", "aws.batch")
        .put("account", arns.account())
        .put("time", time.now().toString())
        .put("region", arns.region());
    event.putArray("resources").add(job.arn);
    event.set("detail", job.detail());
    listeners.forEach(listener -> listener.accept(event));
  }
}
