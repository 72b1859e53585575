package dev.core.orchestrator.compute;

import dev.core.common.definition.Resources;
import java.util.Map;
import java.util.TreeMap;

/**
 * One job for one attempt.
 *
 * @param name deterministic, the unique part first; letters, digits, - and _, at most 128
 * @param token of the attempt, handed to the worker, which claims with it
 * @param queue and definition: as sealed in the intent
 * @param partitions 1, or the size of the array
 * @param labels client, brand, pipeline, run, task, attempt
 */
public record JobRequest(
    String name,
    String token,
    String queue,
    String definitionRevision,
    Resources resources,
    int partitions,
    Map<String, String> labels) {
  public JobRequest {
    labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
