package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is, and never changes.
 *
 * @param trigger what started it: {@code manual}, {@code api}, {@code schedule}, …
 * @param requestedBy who asked
 * @param rerunNumber 0 for the first run of a pipeline and logical date
 * @param parameters every parameter of the pipeline with its value
 * @param retryPolicy the settings that decide about its failures, sealed so that its events replay
 *     to its rows whatever the settings are by then; null: of a run from before they were sealed
 */
public record RunHeader(
    long id,
    String pipeline,
    String client,
    String brand,
    String trigger,
    String requestedBy,
    Instant logicalDate,
    int rerunNumber,
    Map<String, String> parameters,
    int priority,
    Instant createdAt,
    @Nullable RetryPolicy retryPolicy) {
  public RunHeader {
    parameters = Map.copyOf(parameters);
  }

  Turn turn() {
    return new Turn(priority, backfill(), createdAt, id);
  }

  /** Makes up for dates of the past: gives way to fresh runs. */
  public boolean backfill() {
    return Turn.isBackfill(trigger);
  }
}
