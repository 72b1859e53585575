package dev.core.orchestrator.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.core.orchestrator.cloudformation.Evaluation.Resource;
import dev.core.orchestrator.cloudformation.ResourceTypes.Shape;
import dev.core.orchestrator.cloudformation.ResourceTypes.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the properties of resolved resources against what is known of their types. */
final class PropertyCheck {

  private final ResourceTypes types;
  private final List<String> problems = new ArrayList<>();

  PropertyCheck(ResourceTypes types) {
    this.types = types;
  }

  List<String> problems(Map<String, Resource> resources) {
    resources.forEach((name, resource) -> {
      var type = types.type(resource.type());
      if (type.isEmpty()) {
        problems.add("%s: nothing is known of type %s".formatted(name, resource.type()));
      } else {
        object(name, resource.properties(), type.get(), "properties");
      }
    });
    return List.copyOf(problems);
  }

  private void object(String place, Object value, Type type, String shapeName) {
    var properties = Template.map(value);
    Shape shape = type.shapes().get(shapeName);
    if (shape == null && shapeName.equals("properties")) {
      shape = new Shape(Set.of(), Map.of(), Set.of());
    }
    if (shape == null || !(value instanceof Map)) {
      problems.add("%s: '%s' is no %s".formatted(place, value, shapeName));
      return;
    }
    for (String required : new TreeSet<>(shape.required())) {
      if (!properties.containsKey(required)) {
        problems.add("%s: %s is missing".formatted(place, required));
      }
    }
    Shape known = shape;
    properties.forEach((name, each) -> {
      Object fact = known.facts().get(name);
      String where = place + "." + name;
      if (fact != null) {
        value(where, each, fact, type);
      } else if (known.others().contains(name)) {
        problems.add(where + ": exists, and resource-types.yaml has no facts of it yet");
      } else {
        problems.add("%s: there is no such property; allowed: %s".formatted(where, allowed(known)));
      }
    });
  }

  private static TreeSet<String> allowed(Shape shape) {
    var names = new TreeSet<>(shape.facts().keySet());
    names.addAll(shape.others());
    return names;
  }

  private void value(String place, @Nullable Object value, Object fact, Type type) {
    var facts =
        fact instanceof String name ? Map.<String, Object>of("type", name) : Template.map(fact);
    if (facts.containsKey("of")) {
      object(
          place,
          String.valueOf(value).equals("null") ? "nothing" : value,
          type,
          String.valueOf(facts.get("of")));
    } else if (facts.containsKey("list")) {
      if (!(value instanceof List<?> list)) {
        problems.add("%s: '%s' is no list".formatted(place, value));
        return;
      }
      for (int i = 0; i < list.size(); i++) {
        value(place + "[" + i + "]", list.get(i), facts.get("list"), type);
      }
    } else {
      scalar(place, value, facts);
    }
  }

  private void scalar(String place, @Nullable Object value, Map<String, Object> facts) {
    String type = String.valueOf(facts.get("type"));
    String text = String.valueOf(value);
    boolean fits =
        switch (type) {
          case "string" -> value instanceof String || value instanceof Number;
          // Parameters are texts; CloudFormation converts them.
          case "boolean" -> text.matches("true|false");
          case "integer" -> text.matches("-?[0-9]+");
          case "number" -> text.matches("-?[0-9]+(\\.[0-9]+)?");
          case "map" ->
              value instanceof Map<?, ?> map
                  && map.values().stream().allMatch(each -> each instanceof String);
          case "json" -> value instanceof Map;
          case "jsonText" -> isJson(text);
          default -> throw new IllegalStateException("resource-types.yaml: no such type: " + type);
        };
    if (!fits) {
      problems.add("%s: '%s' is no %s".formatted(place, text, type));
      return;
    }
    limits(place, text, facts);
  }

  private void limits(String place, String text, Map<String, Object> facts) {
    facts.forEach((name, limit) -> {
      boolean fits =
          switch (name) {
            case "type" -> true;
            case "enum" ->
                Template.list(limit).stream().anyMatch(each -> String.valueOf(each).equals(text));
            case "anyCase" ->
                Template.list(limit).stream()
                    .anyMatch(each -> String.valueOf(each).equalsIgnoreCase(text));
            case "pattern" -> Pattern.compile(String.valueOf(limit)).matcher(text).find();
            case "min" -> new BigDecimal(text).compareTo(new BigDecimal(limit.toString())) >= 0;
            case "max" -> new BigDecimal(text).compareTo(new BigDecimal(limit.toString())) <= 0;
            case "shortest" -> text.length() >= Integer.parseInt(limit.toString());
            case "longest" -> text.length() <= Integer.parseInt(limit.toString());
            default ->
                throw new IllegalStateException("resource-types.yaml: no such fact: " + name);
          };
      if (!fits) {
        problems.add("%s: '%s' is not allowed: %s %s".formatted(place, text, name, limit));
      }
    });
  }

  private static boolean isJson(String text) {
    try {
      return new ObjectMapper().readTree(text).isObject();
    } catch (JsonProcessingException _) {
      return false;
    }
  }
}
