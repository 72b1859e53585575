package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;

/**
 * How far an attempt at a task is that is split.
 *
 * @param count how many partitions the task has
 * @param done how many have succeeded, in this attempt and before
 * @param chosen how many this attempt runs
 * @param running how many a worker holds now
 * @param failed how many have failed or were lost in this attempt
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PartitionsDetail(int count, int done, int chosen, int running, int failed) {

  /** Such as {@code 812 of 1,000}. */
  public String text() {
    return String.format(Locale.ROOT, "%,d of %,d", done, count);
  }

  /** The same with what else there is to tell. */
  public String progress() {
    return text()
        + " partitions"
        + (running == 0 ? "" : String.format(Locale.ROOT, ", %,d running", running))
        + (failed == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", failed));
  }
}
