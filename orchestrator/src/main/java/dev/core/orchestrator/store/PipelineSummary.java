package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.configuration.PipelineListing;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as lists show it; its JSON form is what API and command line print.
 *
 * @param runFrequency null: started by hand
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
    @Nullable RunSummary newestRun) {

  static PipelineSummary of(PipelineListing pipeline, @Nullable RunSummary newestRun) {
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
        newestRun);
  }
}
