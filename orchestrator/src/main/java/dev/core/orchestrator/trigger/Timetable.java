package dev.core.orchestrator.trigger;

import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about when a pipeline runs by itself.
 *
 * @param frequency null: it is started by hand
 * @param startDate the first logical date that is wanted; null: from its activation on
 */
public record Timetable(
    String pipeline,
    boolean active,
    @Nullable String frequency,
    String timeZone,
    @Nullable Instant startDate,
    boolean catchingUp,
    OverlapPolicy overlapPolicy,
    int overlapLimit) {

  /** Whether it is to run by itself. */
  public boolean runs() {
    return active && frequency != null;
  }

  /** How many of its runs may be under way. */
  int atOnce() {
    return switch (overlapPolicy) {
      case PARALLEL -> overlapLimit;
      case QUEUE, SKIP, CANCEL_RUNNING -> 1;
    };
  }
}
