package dev.core.worker.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.variables.Nearest;
import dev.core.worker.transformation.ConfigurationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code columns}: {@code {"delay": "integer", "day": {"type": "date", "from": "Flight
 * Date", "format": ["%Y-%m-%d", "%m/%d/%Y"], "null_values": ["?"], "remove": "$,", "required":
 * true, "trim": true}}}.
 */
final class IngestColumns {

  private static final List<String> KEYS =
      List.of("type", "from", "format", "null_values", "remove", "required", "trim");

  private final List<String> problems = new ArrayList<>();

  private IngestColumns() {}

  /**
   * In the order in which they are written.
   *
   * @param nullValues of every column
   * @throws ConfigurationFault with everything that is wrong
   */
  static List<IngestColumn> parse(JsonNode columns, List<String> nullValues, boolean header) {
    if (!columns.isObject() || columns.isEmpty()) {
      throw new ConfigurationFault(
          "variable 'columns' must be a JSON object: the name of a column to its type");
    }
    var reading = new IngestColumns();
    var parsed = new ArrayList<IngestColumn>();
    columns
        .propertyStream()
        .forEach(entry -> {
          int position = parsed.size() + 1;
          parsed.add(
              reading.column(
                  entry.getKey(),
                  entry.getValue(),
                  nullValues,
                  header ? entry.getKey() : String.valueOf(position)));
        });
    if (!reading.problems.isEmpty()) {
      throw new ConfigurationFault("variable 'columns': " + String.join("; ", reading.problems));
    }
    return parsed;
  }

  /** A list of texts, or one text. */
  static Optional<List<String>> texts(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.of(List.of());
    }
    if (node.isTextual()) {
      return Optional.of(List.of(node.asText()));
    }
    return node.isArray() && node.valueStream().allMatch(JsonNode::isValueNode)
        ? Optional.of(node.valueStream().map(JsonNode::asText).toList())
        : Optional.empty();
  }

  private IngestColumn column(
      String name, JsonNode given, List<String> nullValues, String defaultFrom) {
    var none = List.<String>of();
    if (given.isTextual()) {
      return new IngestColumn(
          name, type(name, given.asText()), defaultFrom, none, nullValues, "", false, false);
    }
    if (!given.isObject()) {
      problems.add("'" + name + "' must be a type, or an object with " + String.join(", ", KEYS));
      return IngestColumn.of(name, type(name, "string"));
    }
    given
        .propertyStream()
        .map(java.util.Map.Entry::getKey)
        .filter(key -> !KEYS.contains(key))
        .forEach(key ->
            problems.add(
                "'%s' has an unknown key '%s'%s; allowed: %s"
                    .formatted(name, key, Nearest.hint(key, KEYS), String.join(", ", KEYS))));
    var nulls = new ArrayList<>(nullValues);
    nulls.addAll(list(name, given, "null_values"));
    return new IngestColumn(
        name,
        type(name, given.path("type").asText("string")),
        given.path("from").asText(defaultFrom),
        list(name, given, "format"),
        nulls,
        given.path("remove").asText(""),
        truth(name, given, "required"),
        truth(name, given, "trim"));
  }

  private IngestType type(String name, String text) {
    var type = IngestType.parse(text);
    if (type.isEmpty()) {
      problems.add(
          "'%s' has an unknown type '%s'; allowed: %s".formatted(name, text, IngestType.ALLOWED));
    }
    return type.orElse(new IngestType(IngestType.Kind.STRING, "varchar"));
  }

  private List<String> list(String name, JsonNode given, String key) {
    var texts = texts(given.get(key));
    if (texts.isEmpty()) {
      problems.add("'%s': '%s' must be a text or a list of texts".formatted(name, key));
    }
    return texts.orElse(List.of());
  }

  private boolean truth(String name, JsonNode given, String key) {
    var value = given.get(key);
    if (value != null && !value.isBoolean()) {
      problems.add("'%s': '%s' must be true or false".formatted(name, key));
    }
    return value != null && value.booleanValue();
  }
}
