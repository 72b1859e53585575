package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/**
 * A run with its tasks in the order of its DAG.
 *
 * @param summary its fields stand beside {@code tasks} in the JSON form
 */
public record RunDetail(@JsonUnwrapped RunSummary summary, List<TaskDetail> tasks) {
  public RunDetail {
    tasks = List.copyOf(tasks);
  }

  /** The task of that key, if the run has it. */
  public Optional<TaskDetail> task(String key) {
    return tasks.stream().filter(task -> task.key().equals(key)).findFirst();
  }

  /** The tasks that do work; spacers left out. */
  public List<TaskDetail> transformations() {
    return tasks.stream().filter(TaskDetail::isTransformation).toList();
  }
}
