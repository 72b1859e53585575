package dev.core.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** One AWS service: operations by name, JSON in and out. Called by many threads at once. */
public interface Service {

  /** Begins the names of actions in policies and error messages, such as {@code batch}. */
  String prefix();

  /**
   * @param operation as the service's API reference spells it, in any case
   * @throws AwsError as the service would answer
   */
  JsonNode call(String operation, JsonNode request);
}
