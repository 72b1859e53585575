package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.store.RunComparison.Difference;
import java.time.Instant;
import java.util.List;

/**
 * What a rerun would be.
 *
 * @param runId the run that it would be a rerun of
 * @param taken how many tasks it takes over
 * @param definition what differs between what that run sealed and what is configured now
 * @param parameters what differs between its parameters and those of the rerun
 * @param tasks every transformation: taken over, or why it runs
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RerunPreview(
    long runId,
    String pipeline,
    Instant logicalDate,
    int taken,
    List<Difference> definition,
    List<Difference> parameters,
    List<TakeOver.Verdict> tasks) {

  public RerunPreview {
    definition = List.copyOf(definition);
    parameters = List.copyOf(parameters);
    tasks = List.copyOf(tasks);
  }
}
