package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it; its JSON form is what API and command line print.
 *
 * @param trigger what started it: {@code manual}, {@code api}, …
 * @param duration from its start to its end, or to now while it is not ended; null before it starts
 * @param taskCounts transformations by task status; spacers are not counted
 * @param quarantineCause why the leader leaves it alone; null: it does not
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunSummary(
    long runId,
    String pipeline,
    String client,
    String brand,
    RunStatus status,
    String trigger,
    String requestedBy,
    Instant logicalDate,
    int rerunNumber,
    Map<String, String> parameters,
    String definitionSha256,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Duration duration,
    @Nullable Instant quarantinedAt,
    @Nullable String quarantineCause,
    Map<TaskStatus, Integer> taskCounts) {

  public RunSummary {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    taskCounts = Collections.unmodifiableMap(new TreeMap<>(taskCounts));
  }

  /** Whether its status is final. */
  public boolean ended() {
    return status.terminal();
  }

  public boolean succeeded() {
    return status == RunStatus.SUCCEEDED;
  }

  /** How many transformations it has. */
  public int taskTotal() {
    return taskCounts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of them have that status. */
  public int tasks(TaskStatus taskStatus) {
    return taskCounts.getOrDefault(taskStatus, 0);
  }

  RunSummary withTaskCounts(Map<TaskStatus, Integer> counts) {
    return new RunSummary(
        runId,
        pipeline,
        client,
        brand,
        status,
        trigger,
        requestedBy,
        logicalDate,
        rerunNumber,
        parameters,
        definitionSha256,
        createdAt,
        startedAt,
        endedAt,
        duration,
        quarantinedAt,
        quarantineCause,
        counts);
  }
}
