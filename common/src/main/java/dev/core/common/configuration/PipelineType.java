package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/** What a pipeline is for. */
public record PipelineType(
    long id, String name, @Nullable Long segmentId, @Nullable String description) implements Row {
  /** Not stored yet. */
  public static PipelineType named(String name) {
    return new PipelineType(0, name, null, null);
  }
}
