package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A schedule and its next dates, the nearest first.
 *
 * @param summary its fields stand beside {@code upcoming} in the JSON form
 */
public record ScheduleDetail(@JsonUnwrapped ScheduleSummary summary, List<PlannedDate> upcoming) {
  public ScheduleDetail {
    upcoming = List.copyOf(upcoming);
  }
}
