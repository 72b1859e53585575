package dev.core.common.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The members of a secret whose value is a JSON object. Names of keys may be shown, values never.
 * Missing ones are collected, so that all of them are told at once. Used by one thread.
 */
final class SecretFields {

  private final String secret;
  private final JsonNode tree;
  private final List<String> problems = new ArrayList<>();

  /**
   * @throws SecretMalformed if the value is not a JSON object
   */
  SecretFields(String secret, String value) {
    this.secret = secret;
    JsonNode read;
    try {
      read = Json.tree(value);
    } catch (Json.MalformedJson _) {
      // Its message quotes the value.
      throw notAnObject(secret);
    }
    if (!read.isObject()) {
      throw notAnObject(secret);
    }
    this.tree = read;
  }

  private static SecretMalformed notAnObject(String secret) {
    return new SecretMalformed(
        "secret '%s' is not a JSON object such as {\"user\": \"…\", \"password\": \"…\"}"
            .formatted(secret));
  }

  Optional<String> optional(String key) {
    JsonNode value = tree.path(key);
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
        ? Optional.empty()
        : Optional.of(value.asText());
  }

  /** The member, or an empty text that is told of by {@link #check}. */
  String required(String key) {
    return optional(key)
        .orElseGet(() -> {
          problems.add("it has no key '" + key + "'");
          return "";
        });
  }

  /** The member, which must be one of these. */
  Optional<String> oneOf(String key, List<String> allowed) {
    Optional<String> text = optional(key);
    if (text.isPresent() && !allowed.contains(text.get())) {
      // Not shown: it may have been mixed up with another.
      problems.add("its key '%s' is none of %s".formatted(key, String.join(", ", allowed)));
    }
    return text;
  }

  /** The member as a port, the other one if it is missing. */
  int port(int otherwise) {
    Optional<String> text = optional("port");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("[0-9]{1,5}") && Integer.parseInt(text.get()) <= 65_535) {
      return Integer.parseInt(text.get());
    }
    problems.add("its key 'port' is no number from 0 to 65535");
    return otherwise;
  }

  /**
   * @throws SecretMalformed with everything that was missing
   */
  void check() {
    if (!problems.isEmpty()) {
      var keys = new TreeSet<String>();
      tree.fieldNames().forEachRemaining(keys::add);
      throw new SecretMalformed(
          "secret '%s' cannot be used: %s; its keys are: %s"
              .formatted(
                  secret,
                  String.join(", ", problems),
                  keys.isEmpty() ? "none" : String.join(", ", keys)));
    }
  }
}
