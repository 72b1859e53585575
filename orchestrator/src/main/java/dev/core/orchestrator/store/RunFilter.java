package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows.
 *
 * @param pipeline null: of all pipelines
 * @param status null: in any
 * @param limit the newest so many
 */
public record RunFilter(@Nullable String pipeline, @Nullable RunStatus status, int limit) {

  /** The newest runs of all pipelines. */
  public static RunFilter newest(int limit) {
    return new RunFilter(null, null, limit);
  }
}
