package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.emulator.wire.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** All job definitions. Guarded by {@link BatchService}. */
final class Definitions {

  private static final int BYTES_AT_MOST = 24 * 1024;

  private final Arns arns;
  private final TreeMap<String, List<Definition>> byName = new TreeMap<>();

  Definitions(Arns arns) {
    this.arns = arns;
  }

  JsonNode register(JsonNode request) {
    String name = request.path("jobDefinitionName").asText();
    Limits.name("jobDefinitionName", name);
    if (request.toString().getBytes(StandardCharsets.UTF_8).length > BYTES_AT_MOST) {
      throw AwsError.client("Error executing request, Exception : Job definition is too large");
    }
    if (request.path("type").asText().equals("container")
        && request.path("containerProperties").path("image").asText().isEmpty()) {
      throw AwsError.client(
          "Error executing request, Exception : Container image is not provided.");
    }
    Limits.tags(request.path("tags"));
    var revisions = byName.computeIfAbsent(name, _ -> new ArrayList<>());
    int revision = revisions.size() + 1;
    var definition =
        new Definition(
            name, revision, arns.definition(name, revision), ((ObjectNode) request).deepCopy());
    revisions.add(definition);
    return JsonNodeFactory.instance
        .objectNode()
        .put("jobDefinitionName", name)
        .put("jobDefinitionArn", definition.arn())
        .put("revision", revision);
  }

  JsonNode deregister(JsonNode request) {
    find(request.path("jobDefinition").asText()).deactivate();
    return JsonNodeFactory.instance.objectNode();
  }

  JsonNode describe(JsonNode request) {
    var answer = JsonNodeFactory.instance.objectNode();
    var found = answer.putArray("jobDefinitions");
    String name = request.path("jobDefinitionName").asText("");
    String status = request.path("status").asText("");
    if (request.path("jobDefinitions").size() > 0) {
      for (JsonNode wanted : request.path("jobDefinitions")) {
        all().stream()
            .filter(each -> named(each, wanted.asText()))
            .forEach(each -> found.add(each.json()));
      }
      return answer;
    }
    all().stream()
        .filter(each -> name.isEmpty() || each.name().equals(name))
        .filter(each -> status.isEmpty() || status.equals("ACTIVE") == each.active())
        .forEach(each -> found.add(each.json()));
    return answer;
  }

  /** Here, unlike in SubmitJob, a name needs its revision. */
  private static boolean named(Definition each, String wanted) {
    return wanted.equals(each.arn()) || wanted.equals(each.name() + ":" + each.revision());
  }

  /** By name (the newest active revision), name with revision, or ARN with or without one. */
  Definition find(String wanted) {
    String text = wanted.startsWith("arn:") ? wanted.substring(wanted.indexOf('/') + 1) : wanted;
    int colon = text.lastIndexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    var revisions = byName.getOrDefault(name, List.of());
    return revisions.reversed().stream()
        .filter(Definition::active)
        .filter(each -> colon < 0 || text.substring(colon + 1).equals("" + each.revision()))
        .findFirst()
        .orElseThrow(() ->
            AwsError.client(
                "JobDefinition name " + wanted + " does not exist or is not in ACTIVE status"));
  }

  private List<Definition> all() {
    return byName.values().stream().flatMap(List::stream).toList();
  }
}
