package dev.core.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.common.json.Json;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.Storable;
import dev.core.orchestrator.command.LogicalDates;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON object of a request strictly: bounded, no unknown or repeated members, all faults
 * at once.
 */
final class RequestBody {

  static final int LARGEST = 64 * 1024;
  private static final int MOST_PARAMETERS = 200;
  private static final int MOST_PLACES = 1000;

  private final ObjectNode body;
  private final List<String> faults = new ArrayList<>();

  private RequestBody(ObjectNode body) {
    this.body = body;
  }

  /** An absent body is an empty object. */
  static RequestBody of(Context request) {
    var bytes = bytes(request);
    if (bytes.length == 0) {
      return new RequestBody(Json.mapper().createObjectNode());
    }
    try {
      return new RequestBody(object(Json.written(bytes)));
    } catch (Json.MalformedJson e) {
      throw Problem.badRequest("the body is not JSON: " + e.getMessage()).refusal();
    }
  }

  private static byte[] bytes(Context request) {
    try {
      var bytes = request.bodyInputStream().readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw Problem.of(
                413, "Content too large", "the body has more than %d bytes".formatted(LARGEST))
            .refusal();
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.badRequest("the body ended early").refusal();
    }
  }

  private static ObjectNode object(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw Problem.badRequest("the body is a JSON %s; send an object".formatted(kind(tree)))
        .refusal();
  }

  private static String kind(JsonNode tree) {
    return tree.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  RequestBody only(String... members) {
    return only(new String[0], members);
  }

  /** Those of every request of a kind, and more of this one. */
  RequestBody only(String[] more, String... members) {
    var known = Stream.concat(Stream.of(members), Stream.of(more)).toList();
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            faults.add(
                "member %s is not known%s; allowed: %s"
                    .formatted(
                        Quoted.text(name),
                        Nearest.hint(name, known),
                        known.isEmpty() ? "none" : String.join(", ", known)));
          }
        });
    return this;
  }

  /** A text, or null if it is not there. */
  @Nullable String text(String member, int longest) {
    var value = body.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().length() > longest) {
      faults.add(
          "'%s' is %s; allowed: a text of at most %d characters"
              .formatted(member, Quoted.text(Json.write(value)), longest));
      return null;
    }
    Storable.problem(value.asText())
        .ifPresent(problem -> faults.add("'%s' %s".formatted(member, problem)));
    return value.asText();
  }

  /** False if it is not there. */
  boolean flag(String member) {
    var value = body.get(member);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      faults.add(
          "'%s' is %s; allowed: true, false".formatted(member, Quoted.text(Json.write(value))));
    }
    return value.asBoolean();
  }

  /** Any JSON, or null if it is not there. */
  @Nullable JsonNode value(String member) {
    var value = body.get(member);
    return value == null || value.isNull() ? null : value;
  }

  /** One of these, in any case; a fault if it is not there, and null then. */
  <E extends Enum<E>> @Nullable E choice(String member, Class<E> type) {
    var text = text(member, 40);
    for (E each : type.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(text)) {
        return each;
      }
    }
    faults.add(
        "'%s' is %s; allowed: %s"
            .formatted(
                member,
                text == null ? "missing" : Quoted.text(text),
                Stream.of(type.getEnumConstants())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
    return null;
  }

  /** Something else that is wrong. */
  void fault(String what) {
    faults.add(what);
  }

  /** A moment with its offset, or null if it is not there. */
  @Nullable Instant moment(String member) {
    var text = text(member, 40);
    if (text == null) {
      return null;
    }
    try {
      var date = OffsetDateTime.parse(text).toInstant();
      LogicalDates.problem(date).ifPresent(faults::add);
      return date;
    } catch (DateTimeException e) {
      faults.add(
          "'%s' is %s; allowed: a moment with its offset, such as 2026-11-22T06:00:00Z"
              .formatted(member, Quoted.text(text)));
      return null;
    }
  }

  /** An object of values, each as the text that it would be in the store. */
  Map<String, String> texts(String member) {
    var texts = new TreeMap<String, String>();
    var value = body.get(member);
    if (value == null || value.isNull()) {
      return texts;
    }
    if (!value.isObject() || value.size() > MOST_PARAMETERS) {
      faults.add("'%s' must be an object of at most %d values".formatted(member, MOST_PARAMETERS));
      return texts;
    }
    for (var each : value.properties()) {
      if (each.getValue().isNull()) {
        faults.add(
            "%s is null; leave it out instead"
                .formatted(Quoted.text(member + "." + each.getKey())));
      } else {
        texts.put(each.getKey(), text(each.getValue()));
      }
    }
    return texts;
  }

  private static String text(JsonNode value) {
    if (value.isNumber()) {
      var number = value.decimalValue();
      // A few digits can stand for a number that fills the memory.
      return Math.abs(number.scale()) > MOST_PLACES ? number.toString() : number.toPlainString();
    }
    return value.isValueNode() ? value.asText() : Json.write(value);
  }

  /** To be called when everything was read: ends the request if anything was wrong. */
  void finish() {
    if (!faults.isEmpty()) {
      throw Problem.badRequest(faults).refusal();
    }
  }
}
