package dev.core.orchestrator.web;

import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.presentation.StatusSign;
import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RunSummary;
import java.util.List;

/**
 * A run as a page shows it.
 *
 * @param done transformations that succeeded
 * @param others the rest of them, in words, such as {@code 2 running}
 */
public record RunRow(
    long id,
    String pipeline,
    String clientAndBrand,
    StatusSign status,
    boolean quarantined,
    String logicalDate,
    String startedBy,
    String started,
    String duration,
    int done,
    int total,
    List<String> others) {

  static RunRow of(RunSummary run) {
    return new RunRow(
        run.runId(),
        run.pipeline(),
        run.client() + "/" + run.brand(),
        StatusSign.of(run.status()),
        run.quarantineCause() != null,
        Text.moment(run.logicalDate()),
        Text.startedBy(run.trigger(), run.requestedBy()),
        Text.moment(run.startedAt()),
        Text.span(run.duration()),
        run.tasks(TaskStatus.SUCCEEDED),
        run.taskTotal(),
        run.taskCounts().entrySet().stream()
            .filter(count -> count.getKey() != TaskStatus.SUCCEEDED)
            .map(count -> count.getValue() + " " + StatusSign.of(count.getKey()).words())
            .toList());
  }
}
