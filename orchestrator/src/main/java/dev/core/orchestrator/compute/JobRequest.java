package dev.core.orchestrator.compute;

import dev.core.common.definition.Resources;
import java.util.Map;
import java.util.TreeMap;

/**
 * One job for one attempt, or an array of jobs for partitions of it. The members of an array are
 * called {@code <array>:<index>}, the index being their place in it, from 0.
 *
 * @param name deterministic, the unique part first; letters, digits, - and _, at most 128
 * @param token of the attempt, handed to the worker, which claims with it
 * @param queue and definition: as sealed in the intent
 * @param partitions 1, or the size of the array
 * @param firstIndex of the claims of its partitions, whose indexes follow one another
 * @param priority of the pipeline, as sealed in the run: the higher one first, where a queue asks
 * @param labels client, brand, pipeline, run, task, attempt
 */
public record JobRequest(
    String name,
    String token,
    String queue,
    String definitionRevision,
    Resources resources,
    int partitions,
    int firstIndex,
    int priority,
    Map<String, String> labels) {

  /** Whose claims begin with the first. */
  public JobRequest(
      String name,
      String token,
      String queue,
      String definitionRevision,
      Resources resources,
      int partitions,
      int priority,
      Map<String, String> labels) {
    this(name, token, queue, definitionRevision, resources, partitions, 0, priority, labels);
  }

  public JobRequest {
    labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Of a pipeline like any other. */
  public JobRequest(
      String name,
      String token,
      String queue,
      String definitionRevision,
      Resources resources,
      int partitions,
      Map<String, String> labels) {
    this(name, token, queue, definitionRevision, resources, partitions, 0, labels);
  }
}
