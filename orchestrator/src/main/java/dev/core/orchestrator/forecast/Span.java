package dev.core.orchestrator.forecast;

import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;

/**
 * A task on the timeline of a run; times are since its start.
 *
 * @param index in the DAG
 * @param ready when its wave opened
 * @param goes when its first job had its turn: after limits, pools and the backend's queue
 * @param ends after its last attempt
 */
public record Span(
    int index,
    String key,
    String state,
    int wave,
    Duration ready,
    Duration goes,
    Duration ends,
    int attempts,
    TaskStatus status) {

  public Duration takes() {
    return ends.minus(goes);
  }

  /** How long limits held it. */
  public Duration held() {
    return goes.minus(ready);
  }
}
