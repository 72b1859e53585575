package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.orchestrator.store.RunComparison.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares JSON values field by field. Elements of arrays are matched by what names them (id, name,
 * state) rather than by position, so that an inserted element is one difference and not many.
 */
final class JsonDifference {

  private static final List<String> NAMING = List.of("id", "name", "state", "key");

  private final List<Difference> differences = new ArrayList<>();

  private JsonDifference() {}

  static List<Difference> between(JsonNode a, JsonNode b) {
    var comparison = new JsonDifference();
    comparison.compare("", a, b);
    return List.copyOf(comparison.differences);
  }

  private void compare(String path, @Nullable JsonNode a, @Nullable JsonNode b) {
    if (a != null && b != null && a.isContainerNode() && a.getNodeType() == b.getNodeType()) {
      var inA = members(a);
      var inB = members(b);
      var names = new TreeMap<String, Boolean>();
      inA.keySet().forEach(name -> names.put(name, true));
      inB.keySet().forEach(name -> names.put(name, true));
      for (var name : names.keySet()) {
        compare(below(path, a, name), inA.get(name), inB.get(name));
      }
    } else if (a == null || !a.equals(b)) {
      differences.add(new Difference(path, plain(a), plain(b)));
    }
  }

  private static String below(String path, JsonNode container, String name) {
    if (container.isArray()) {
      return path + "[" + name + "]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Map<String, JsonNode> members(JsonNode container) {
    var members = new TreeMap<String, JsonNode>();
    if (container.isObject()) {
      container.properties().forEach(each -> members.put(each.getKey(), each.getValue()));
      return members;
    }
    for (var i = 0; i < container.size(); i++) {
      var element = container.get(i);
      var name = name(element);
      members.put(name == null || members.containsKey(name) ? "#" + i : name, element);
    }
    return members;
  }

  private static @Nullable String name(JsonNode element) {
    for (var naming : NAMING) {
      if (element.path(naming).isValueNode()) {
        return element.path(naming).asText();
      }
    }
    return null;
  }

  /** Texts without quotes; containers as one line of JSON. */
  private static @Nullable Object plain(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    return value.isTextual() ? value.asText() : value.isContainerNode() ? Json.write(value) : value;
  }
}
