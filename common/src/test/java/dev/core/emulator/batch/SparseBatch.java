package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Service;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Batch as the emulators of third parties speak it, moto and floci: whatever is optional is left
 * out, lists come in another order and in one page, filters but the one for names are ignored, some
 * operations are missing and errors have codes of their own. What jobs do is unchanged.
 */
public final class SparseBatch implements Service {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> MISSING =
      Set.of("getjobqueuesnapshot", "canceljob", "deregisterjobdefinition");
  private static final List<String> OF_JOB = List.of("jobId", "jobName", "status");
  private static final List<String> OF_DEFINITION =
      List.of("jobDefinitionName", "jobDefinitionArn", "revision", "type", "containerProperties");
  private static final List<String> OF_QUEUE = List.of("jobQueueName", "jobQueueArn", "state");

  private final Service batch;

  public SparseBatch(Service batch) {
    this.batch = batch;
  }

  @Override
  public String prefix() {
    return batch.prefix();
  }

  @Override
  public JsonNode call(String operation, JsonNode request) {
    String name = operation.toLowerCase(Locale.ROOT);
    if (MISSING.contains(name)) {
      throw new AwsError(404, "UnknownOperationException", "Unknown operation " + operation);
    }
    return switch (name) {
      case "submitjob" -> only(batch.call(name, request), List.of("jobId", "jobName"));
      case "describejobs" -> described(request);
      case "listjobs" -> listed(request);
      case "terminatejob" -> ended(request);
      case "describejobdefinitions" ->
          each(batch.call(name, request), "jobDefinitions", OF_DEFINITION);
      case "describejobqueues" -> each(batch.call(name, request), "jobQueues", OF_QUEUE);
      default -> batch.call(name, request);
    };
  }

  /** Of what ended, nothing says why: neither exit code nor reason. */
  private JsonNode described(JsonNode request) {
    var answer = each(batch.call("describejobs", request), "jobs", OF_JOB);
    for (JsonNode job : answer.path("jobs")) {
      ((ObjectNode) job).put("startedAt", 0).putObject("container");
    }
    return answer;
  }

  private JsonNode listed(JsonNode request) {
    var wanted = (ObjectNode) request.deepCopy();
    wanted.remove(List.of("maxResults", "nextToken"));
    var all = JSON.objectNode();
    var found = all.putArray("jobSummaryList");
    for (JsonNode page = batch.call("listjobs", wanted); ; page = batch.call("listjobs", wanted)) {
      page.path("jobSummaryList").forEach(found::add);
      if (!page.has("nextToken")) {
        return each(all, "jobSummaryList", OF_JOB);
      }
      wanted.put("nextToken", page.path("nextToken").asText());
    }
  }

  private JsonNode ended(JsonNode request) {
    var one = JSON.objectNode();
    one.putArray("jobs").add(request.path("jobId"));
    JsonNode job = batch.call("describejobs", one).path("jobs").path(0);
    if (job.isMissingNode() || Status.valueOf(job.path("status").asText()).ended()) {
      throw new AwsError(400, "ValidationError", "job cannot be terminated");
    }
    return batch.call("terminatejob", request);
  }

  private static JsonNode each(JsonNode answer, String list, List<String> fields) {
    var sparse = JSON.objectNode();
    ArrayNode those = sparse.putArray(list);
    for (JsonNode one : answer.path(list)) {
      those.insert(0, only(one, fields));
    }
    return sparse;
  }

  private static ObjectNode only(JsonNode from, List<String> fields) {
    var sparse = JSON.objectNode();
    fields.stream().filter(from::has).forEach(field -> sparse.set(field, from.get(field)));
    return sparse;
  }
}
