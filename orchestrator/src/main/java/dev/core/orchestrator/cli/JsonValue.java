package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A JSON value on the command line. */
final class JsonValue implements ITypeConverter<JsonNode> {

  @Override
  public JsonNode convert(String text) {
    try {
      JsonNode value = Json.tree(text);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    } catch (Json.MalformedJson e) {
      throw new TypeConversionException("'%s' is no JSON: %s".formatted(text, e.getMessage()));
    }
    throw new TypeConversionException(
        "'%s' is no value; allowed: JSON, such as {\"rows\": 20000}, 42 or \"done\""
            .formatted(text));
  }
}
