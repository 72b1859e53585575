package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that takes a place at the backend, or is ready to.
 *
 * @param pool whose slot it takes, by the name that the pool has now; null: none
 * @param since when it took its place, or became ready
 * @param quarantined whether its run is
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PlacedTask(
    long runId,
    String pipeline,
    String task,
    TaskStatus status,
    @Nullable String pool,
    Instant since,
    boolean quarantined) {

  /** Whether it takes its place now. */
  public boolean live() {
    return status.live();
  }
}
