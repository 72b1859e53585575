package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows.
 *
 * @param pipeline null: of all pipelines
 * @param status null: in any
 * @param limit the newest so many
 * @param before only runs with a smaller number, which are older; null: from the newest on
 */
public record RunFilter(
    @Nullable String pipeline, @Nullable RunStatus status, int limit, @Nullable Long before) {

  /** From the newest on. */
  public RunFilter(@Nullable String pipeline, @Nullable RunStatus status, int limit) {
    this(pipeline, status, limit, null);
  }

  /** The same with another limit. */
  public RunFilter withLimit(int other) {
    return new RunFilter(pipeline, status, other, before);
  }

  /** The newest runs of all pipelines. */
  public static RunFilter newest(int limit) {
    return new RunFilter(null, null, limit);
  }
}
