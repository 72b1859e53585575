package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Run;
import org.jdbi.v3.core.Handle;

/** Commands that change what has become of tasks. */
final class Changing {

  private Changing() {}

  static CommandAnswer retry(
      Handle handle, Draft draft, Command.RetryRun retry, String requestedBy) {
    return StoredRuns.with(
        handle, draft, retry.runId(), run -> retry(draft, run, retry, requestedBy));
  }

  private static CommandAnswer retry(
      Draft draft, Run run, Command.RetryRun retry, String requestedBy) {
    Integer task = null;
    if (retry.taskKey() != null) {
      task = run.plan().indexes().get(retry.taskKey());
      if (task == null) {
        return refused("run %d has no task '%s'".formatted(run.id(), retry.taskKey()), run.id());
      }
    }
    if (draft.apply(run.id(), new Event.RetryAsked(requestedBy, task))) {
      return applied("run " + run.id() + " is taken up again", run.id());
    }
    return refused(
        task == null
            ? "run %d is %s and has no failed or cancelled task to retry"
                .formatted(run.id(), run.status())
            : "task '%s' of run %d is %s; only failed and cancelled tasks are retried, when all before them have passed"
                .formatted(retry.taskKey(), run.id(), run.tasks().get(task).status()),
        run.id());
  }
}
