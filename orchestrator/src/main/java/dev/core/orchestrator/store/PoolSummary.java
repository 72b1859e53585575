package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool, who holds its slots and who waits for one.
 *
 * @param missing whether it is no longer there, though tasks of sealed runs need it; it has no
 *     slots
 * @param used more than {@code slots} after these were lowered: whoever holds one keeps it
 * @param waiting tasks that are ready and need a slot
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PoolSummary(
    String name,
    @Nullable String description,
    int slots,
    int used,
    int waiting,
    boolean missing,
    List<PlacedTask> holders,
    List<PlacedTask> waiters) {

  public PoolSummary {
    holders = List.copyOf(holders);
    waiters = List.copyOf(waiters);
  }

  static PoolSummary of(
      String name, @Nullable String description, @Nullable Integer slots, List<PlacedTask> tasks) {
    var holders = tasks.stream().filter(PlacedTask::live).toList();
    var waiters = tasks.stream().filter(task -> !task.live()).toList();
    return new PoolSummary(
        name,
        description,
        slots == null ? 0 : slots,
        holders.size(),
        waiters.size(),
        slots == null,
        holders,
        waiters);
  }
}
