package dev.core.common.configuration.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.core.common.json.Json;
import dev.core.common.variables.Checked;
import dev.core.common.variables.VariableStructure;
import dev.core.common.variables.VariableStructures;
import java.util.Map;
import java.util.regex.Pattern;

/** The structure of one variable, written as YAML, read like the JSON that the store holds. */
final class StructureNodes {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

  private StructureNodes() {}

  /**
   * @param variable its name and its structure
   */
  static Checked<Map<String, VariableStructure>> parse(YamlNode.Entry variable) {
    var one = JsonNodeFactory.instance.objectNode();
    one.set(variable.key(), json(variable.value(), 0));
    return VariableStructures.parse(one);
  }

  /** Texts stay as written, but inside a default, where numbers are numbers. */
  private static JsonNode json(YamlNode node, int depth) {
    return switch (node) {
      case YamlNode.Absent _ -> NullNode.getInstance();
      case YamlNode.Scalar(_, var text, var isText) -> {
        if (!isText && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
          yield BooleanNode.valueOf(text.equalsIgnoreCase("true"));
        }
        yield !isText && depth > 1 && NUMBER.matcher(text).matches()
            ? Json.tree(text)
            : TextNode.valueOf(text);
      }
      case YamlNode.Sequence(_, var items) -> {
        var array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(json(item, depth + 1)));
        yield array;
      }
      case YamlNode.Mapping(_, var entries) -> {
        var object = JsonNodeFactory.instance.objectNode();
        entries.forEach(entry -> object.set(entry.key(), json(entry.value(), depth + 1)));
        yield object;
      }
    };
  }
}
