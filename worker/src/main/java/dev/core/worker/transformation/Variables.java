package dev.core.worker.transformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.protocol.WorkOrder.Variable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an attempt, typed. Everything that does not fit throws {@link
 * ConfigurationFault} with the variable's name. Immutable.
 */
public final class Variables {

  private final Map<String, Variable> variables;

  public Variables(Map<String, Variable> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Whether it is set to anything but empty text. */
  public boolean has(String name) {
    var variable = variables.get(name);
    return variable != null && !variable.value().isEmpty();
  }

  public String string(String name) {
    var variable = variables.get(name);
    if (variable == null) {
      throw new ConfigurationFault("variable '" + name + "' is not set");
    }
    return variable.value();
  }

  /** Its text, unless it is not set or empty. */
  public Optional<String> optional(String name) {
    return has(name) ? Optional.of(string(name)) : Optional.empty();
  }

  public long integer(String name) {
    return typed(name, "an integer", Long::valueOf);
  }

  public BigDecimal decimal(String name) {
    return typed(name, "a decimal number", BigDecimal::new);
  }

  public boolean bool(String name) {
    return switch (string(name)) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw unfit(name, other, "true or false", null);
    };
  }

  public LocalDate date(String name) {
    return typed(name, "a date such as 2001-02-28", LocalDate::parse);
  }

  public Instant dateTime(String name) {
    return typed(
        name,
        "a date and time such as 2001-02-28T01:02:03Z",
        text -> OffsetDateTime.parse(text).toInstant());
  }

  public JsonNode json(String name) {
    return typed(name, "JSON", Json::tree);
  }

  private <T> T typed(String name, String what, Function<String, T> parse) {
    var text = string(name);
    try {
      return parse.apply(text.strip());
    } catch (RuntimeException e) {
      throw unfit(name, text, what, e);
    }
  }

  private static ConfigurationFault unfit(
      String name, String text, String what, @Nullable Throwable cause) {
    return new ConfigurationFault(
        "variable '" + name + "' must be " + what + ", but is '" + text + "'", cause);
  }
}
