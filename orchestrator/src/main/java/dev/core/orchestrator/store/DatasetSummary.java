package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One committed version of a dataset.
 *
 * @param path below {@code root}; ends with a slash
 * @param files JSON array of {@code {path, bytes, rows}}, paths below {@code path}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DatasetSummary(
    long datasetId,
    String branch,
    String client,
    String brand,
    String state,
    String dataset,
    long runId,
    String taskKey,
    int attempt,
    String root,
    String path,
    String format,
    JsonNode files,
    @Nullable Long rows,
    long bytes,
    Instant committedAt) {

  /** {@code <client>/<brand>/<state>/<dataset>}. */
  @JsonProperty
  public String name() {
    return client + "/" + brand + "/" + state + "/" + dataset;
  }
}
