package dev.core.emulator.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container is started with: definition, overrides and Batch's own variables together.
 *
 * @param arrayIndex of a child of an array job
 * @param environment with values of secrets: never print it
 */
public record JobStart(
    String jobId,
    String jobName,
    @Nullable Integer arrayIndex,
    String image,
    List<String> command,
    Map<String, String> environment) {
  public JobStart {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
