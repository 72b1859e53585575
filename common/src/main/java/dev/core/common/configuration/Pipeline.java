package dev.core.common.configuration;

import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set of states, which becomes one DAG.
 *
 * @param name unique; the id of the DAG
 * @param runFrequency a word or a cron expression; null: started by hand
 * @param overlapLimit runs at once, for {@link OverlapPolicy#PARALLEL}
 * @param parallelTaskLimit tasks of one run at the backend at once; null: no limit of its own
 */
public record Pipeline(
    long id,
    String name,
    long brandId,
    long pipelineTypeId,
    @Nullable String description,
    boolean isActive,
    @Nullable String runFrequency,
    String timeZone,
    @Nullable Instant startDate,
    boolean isCatchingUp,
    OverlapPolicy overlapPolicy,
    int overlapLimit,
    int priority,
    @Nullable Integer parallelTaskLimit)
    implements Row {
  /** Active, started by hand, everything else by default; not stored yet. */
  public static Pipeline named(String name, long brandId, long pipelineTypeId) {
    return new Pipeline(
        0,
        name,
        brandId,
        pipelineTypeId,
        null,
        true,
        null,
        "UTC",
        null,
        false,
        OverlapPolicy.QUEUE,
        1,
        0,
        null);
  }
}
