package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.RunStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who leads, who stands by, and how much there is to do.
 *
 * @param orchestrators that gave a sign of life lately, the leader among them
 * @param runs unfinished ones, by status
 * @param quarantined how many of those are
 * @param readyTasks that wait for a place at the backend
 * @param liveTasks that have one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InstallationStatus(
    Leader leader,
    List<OrchestratorRows.Member> orchestrators,
    Map<RunStatus, Integer> runs,
    int quarantined,
    int readyTasks,
    int liveTasks,
    int tasksAtOnce) {

  public InstallationStatus {
    orchestrators = List.copyOf(orchestrators);
    runs = Collections.unmodifiableMap(new TreeMap<>(runs));
  }

  /** Those that would lead if the leader were gone. */
  @JsonProperty
  public List<OrchestratorRows.Member> standingBy() {
    return orchestrators.stream()
        .filter(each -> !leader.alive() || !each.holder().equals(leader.holder()))
        .toList();
  }
}
