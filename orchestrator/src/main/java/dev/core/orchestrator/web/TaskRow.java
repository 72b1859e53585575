package dev.core.orchestrator.web;

import dev.core.orchestrator.presentation.StatusSign;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.TaskDetail;

/**
 * A task as a page shows it.
 *
 * @param says its failure, or else the worker's last words on how far it is
 */
public record TaskRow(
    String key,
    String state,
    int wave,
    StatusSign status,
    int attempts,
    String started,
    String duration,
    String says) {

  static TaskRow of(TaskDetail task) {
    return new TaskRow(
        task.key(),
        task.state(),
        task.wave(),
        StatusSign.of(task.status()),
        task.attempts().size(),
        Text.moment(task.startedAt()),
        Text.span(task.duration()),
        says(task));
  }

  private static String says(TaskDetail task) {
    var failure = task.failure();
    if (failure != null) {
      return failure.failureClass() + (failure.message() == null ? "" : ": " + failure.message());
    }
    var progress = task.attempts().isEmpty() ? null : task.attempts().getLast().progress();
    return progress == null ? "" : progress;
  }
}
