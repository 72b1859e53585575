package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.configuration.PipelineListing;
import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.trigger.Schedule.Blocked;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as lists show it; its JSON form is what API and command line print.
 *
 * @param runFrequency null: started by hand
 * @param pause that it is under; null: none
 * @param blocked why its schedule does not go on; null: it does
 * @param newestRun null: it has never run
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PipelineSummary(
    String name,
    String client,
    String brand,
    String pipelineType,
    @Nullable String description,
    boolean active,
    @Nullable String runFrequency,
    String timeZone,
    int states,
    int transformations,
    @Nullable Pause pause,
    @Nullable Blocked blocked,
    @Nullable RunSummary newestRun) {

  static PipelineSummary of(
      PipelineListing pipeline,
      @Nullable Pause pause,
      @Nullable Blocked blocked,
      @Nullable RunSummary newestRun) {
    return new PipelineSummary(
        pipeline.name(),
        pipeline.client(),
        pipeline.brand(),
        pipeline.pipelineType(),
        pipeline.description(),
        pipeline.isActive(),
        pipeline.runFrequency(),
        pipeline.timeZone(),
        pipeline.states(),
        pipeline.transformations(),
        pause,
        blocked,
        newestRun);
  }

  /** How often it runs and what holds it up, such as {@code daily (paused)}. */
  public String frequencyText() {
    String words = runFrequency == null ? "by hand" : runFrequency;
    if (pause != null) {
      return words + " (paused)";
    }
    return blocked == null ? words : words + " (blocked)";
  }
}
