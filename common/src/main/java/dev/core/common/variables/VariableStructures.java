package dev.core.common.variables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.json.Json;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code variable_structures} of a template as JSON: {@code {"delimiter": {"datatype":
 * "string", "description": "…", "default": ","}}}. Keys of a structure: {@code datatype}
 * (required), {@code description}, {@code default}, {@code required} (true when there is no
 * default), {@code direction} (of a dataset: {@code input} or {@code output}), {@code allowed}.
 */
public final class VariableStructures {

  private static final List<String> KEYS =
      List.of("datatype", "description", "default", "required", "direction", "allowed");

  private VariableStructures() {}

  /** Reads a JSON document; what is wrong names the variable and the key. */
  public static Checked<Map<String, VariableStructure>> parse(String json) {
    try {
      return parse(Json.written(json));
    } catch (Json.MalformedJson e) {
      return Checked.invalid("not JSON: " + e.getMessage());
    }
  }

  /** Reads a tree, such as one that was YAML; variables in alphabetical order. */
  public static Checked<Map<String, VariableStructure>> parse(JsonNode document) {
    if (!document.isObject()) {
      return Checked.invalid(
          "must be a JSON object, the name of a variable to its structure, not "
              + Quoted.text(Json.write(document)));
    }
    var structures = new TreeMap<String, VariableStructure>();
    var problems = new ArrayList<String>();
    for (var entry : document.properties()) {
      var name = entry.getKey();
      Names.problem(name).ifPresent(problems::add);
      switch (structure(entry.getValue())) {
        case Checked.Valid<VariableStructure>(var structure) -> structures.put(name, structure);
        case Checked.Invalid<VariableStructure>(var found) ->
            found.forEach(
                problem -> problems.add("variable " + Quoted.text(name) + ": " + problem));
      }
    }
    return problems.isEmpty() ? Checked.valid(structures) : new Checked.Invalid<>(problems);
  }

  /** JSON that {@link #parse} reads back; equal structures give equal text. */
  public static String write(Map<String, VariableStructure> structures) {
    return Json.write(document(structures));
  }

  /** The same as maps and lists, keys in the order of the class's sentence, for other formats. */
  public static Map<String, Map<String, Object>> document(
      Map<String, VariableStructure> structures) {
    var document = new TreeMap<String, Map<String, Object>>();
    structures.forEach((name, structure) -> document.put(name, properties(structure)));
    return document;
  }

  private static Map<String, Object> properties(VariableStructure structure) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("datatype", structure.datatype().text());
    if (structure.description() != null) {
      properties.put("description", structure.description());
    }
    if (structure.defaultValue() != null) {
      properties.put("default", structure.defaultValue());
    } else if (!structure.required()) {
      properties.put("required", false);
    }
    if (structure.direction() == Direction.OUTPUT) {
      properties.put("direction", "output");
    }
    if (!structure.allowed().isEmpty()) {
      properties.put("allowed", structure.allowed());
    }
    return properties;
  }

  private static Checked<VariableStructure> structure(JsonNode node) {
    if (!node.isObject()) {
      return Checked.invalid(
          "its structure must be an object such as {\"datatype\": \"string\"}, not "
              + Quoted.text(Json.write(node)));
    }
    var problems = new ArrayList<String>();
    for (var property : node.properties()) {
      if (!KEYS.contains(property.getKey())) {
        problems.add(
            "unknown key "
                + Quoted.text(property.getKey())
                + Nearest.hint(property.getKey(), KEYS)
                + "; allowed: "
                + String.join(", ", KEYS));
      }
    }
    var datatype = datatype(node, problems);
    var defaultValue = text(node.get("default"));
    boolean required = required(node, defaultValue, problems);
    var direction = direction(node, datatype, problems);
    var allowed = allowed(node, problems);
    var description = node.get("description");
    if (description != null && !description.isNull() && !description.isTextual()) {
      problems.add("'description' must be text");
    }
    if (datatype != null) {
      for (String value : allowed) {
        if (TypedValue.read(datatype, direction, value, ZoneOffset.UTC)
            instanceof Checked.Invalid<TypedValue>(var found)) {
          found.forEach(problem -> problems.add("in 'allowed', " + problem));
        }
      }
      if (defaultValue != null) {
        problems.addAll(problemsOfDefault(datatype, direction, defaultValue, allowed));
      }
    }
    if (datatype == null || !problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    return Checked.valid(
        new VariableStructure(
            datatype, text(description), defaultValue, required, direction, allowed));
  }

  private static @Nullable Datatype datatype(JsonNode node, List<String> problems) {
    var given = node.get("datatype");
    if (given == null || given.isNull()) {
      problems.add("'datatype' is missing; allowed: " + datatypes());
      return null;
    }
    for (Datatype datatype : Datatype.values()) {
      if (given.isTextual() && datatype.text().equals(given.asText())) {
        return datatype;
      }
    }
    problems.add(
        "unknown datatype "
            + Quoted.text(given.asText())
            + Nearest.hint(
                given.asText(), Arrays.stream(Datatype.values()).map(Datatype::text).toList())
            + "; allowed: "
            + datatypes());
    return null;
  }

  private static String datatypes() {
    return String.join(", ", Arrays.stream(Datatype.values()).map(Datatype::text).toList());
  }

  private static boolean required(
      JsonNode node, @Nullable String defaultValue, List<String> problems) {
    var given = node.get("required");
    if (given == null || given.isNull()) {
      return defaultValue == null;
    }
    if (!given.isBoolean()) {
      problems.add("'required' must be true or false, not " + Quoted.text(given.asText()));
      return false;
    }
    if (given.booleanValue() && defaultValue != null) {
      problems.add("has a default, so 'required' cannot be true; leave one of them out");
      return false;
    }
    return given.booleanValue();
  }

  private static Direction direction(
      JsonNode node, @Nullable Datatype datatype, List<String> problems) {
    var given = node.get("direction");
    if (given == null || given.isNull()) {
      return Direction.INPUT;
    }
    var text = given.asText().toLowerCase(Locale.ROOT);
    if (!text.equals("input") && !text.equals("output")) {
      problems.add("'direction' must be input or output, not " + Quoted.text(given.asText()));
      return Direction.INPUT;
    }
    if (datatype != null && datatype != Datatype.DATASET) {
      problems.add(
          "'direction' is for datasets only, not for " + datatype.text() + "; leave it out");
      return Direction.INPUT;
    }
    return text.equals("output") ? Direction.OUTPUT : Direction.INPUT;
  }

  private static List<String> allowed(JsonNode node, List<String> problems) {
    var given = node.get("allowed");
    if (given == null || given.isNull()) {
      return List.of();
    }
    if (!given.isArray() || given.isEmpty()) {
      problems.add(
          "'allowed' must be a list of at least one value, not " + Quoted.text(Json.write(given)));
      return List.of();
    }
    var values = new ArrayList<String>();
    for (JsonNode value : given) {
      var text = text(value);
      if (text == null) {
        problems.add("'allowed' holds null");
      } else {
        values.add(text);
      }
    }
    return values;
  }

  private static List<String> problemsOfDefault(
      Datatype datatype, Direction direction, String value, List<String> allowed) {
    var interpolation = Interpolation.parse(value);
    var problems = new ArrayList<String>();
    for (Reference reference : interpolation.references()) {
      if (reference instanceof Reference.Malformed(_, var problem, _)) {
        problems.add("its default: " + reference.shown() + ": " + problem + "; correct it");
      }
    }
    interpolation
        .literal()
        .ifPresent(literal -> {
          TypedValue.read(datatype, direction, literal, ZoneOffset.UTC)
              .problems()
              .forEach(problem -> problems.add("its default: " + problem));
          if (!allowed.isEmpty() && !allowed.contains(literal)) {
            problems.add(
                "its default "
                    + Quoted.text(literal)
                    + " is not allowed: "
                    + String.join(", ", allowed));
          }
        });
    return problems;
  }

  /** Defaults may be written as JSON values: {@code 5} means the text {@code 5}. */
  private static @Nullable String text(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isContainerNode() ? Json.write(node) : node.asText();
  }
}
