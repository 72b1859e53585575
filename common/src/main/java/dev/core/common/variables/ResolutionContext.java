package dev.core.common.variables;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code ${…}} may refer to while one attempt is prepared.
 *
 * @param zone of the pipeline; formats of dates are in it
 * @param parameters of the run, by name
 * @param attempt from 1 within the task
 * @param results what an upstream task returned, by its key; empty: no such task, or nothing
 *     returned
 */
public record ResolutionContext(
    Instant logicalDate,
    ZoneId zone,
    long runId,
    String client,
    String brand,
    String branch,
    String pipeline,
    String state,
    int attempt,
    Map<String, String> parameters,
    Function<String, Optional<JsonNode>> results) {
  public ResolutionContext {
    parameters = Map.copyOf(parameters);
  }
}
