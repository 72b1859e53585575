package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.orchestrator.engine.Pause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a pipeline as lists show it; its JSON form is what API and command line print.
 *
 * @param explanation of the status, for people; null: there is nothing to say
 * @param problems why no run can start
 * @param cursor the newest date that was dealt with; null: no leader has seen the schedule yet
 * @param nextDate the first one after now; null: none
 * @param datesBehind how many have come and were not dealt with; counted up to {@link
 *     #MOST_COUNTED}
 * @param lastRun the newest one that the schedule started
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ScheduleSummary(
    String pipeline,
    Status status,
    @Nullable String explanation,
    List<String> problems,
    String runFrequency,
    String timeZone,
    boolean active,
    @Nullable Instant startDate,
    boolean catchingUp,
    OverlapPolicy overlapPolicy,
    @Nullable Instant cursor,
    @Nullable PlannedDate nextDate,
    int datesBehind,
    @Nullable Pause pause,
    @Nullable LastRun lastRun) {

  /** Beyond it dates that are behind are not counted. */
  public static final int MOST_COUNTED = 1_000;

  /** How a schedule stands. */
  public enum Status {
    /** Every date that has come has been dealt with. */
    ON_TIME,
    /** A date has come and waits for its turn. */
    BEHIND,
    /** A date has come, and the configuration allows no run. */
    BLOCKED,
    PAUSED,
    /** The pipeline is not active. */
    INACTIVE
  }

  @JsonNaming(SnakeCaseStrategy.class)
  public record LastRun(long runId, Instant logicalDate, String status) {}

  public ScheduleSummary {
    problems = List.copyOf(problems);
  }
}
