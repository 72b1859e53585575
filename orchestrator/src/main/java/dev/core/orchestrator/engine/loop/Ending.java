package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import org.jdbi.v3.core.Handle;

/** Commands that end runs. */
final class Ending {

  private Ending() {}

  static CommandAnswer cancel(
      Handle handle, Draft draft, Command.CancelRun cancel, String requestedBy) {
    return StoredRuns.with(
        handle, draft, cancel.runId(), run -> cancel(draft, run, cancel.reason(), requestedBy));
  }

  private static CommandAnswer cancel(Draft draft, Run run, String reason, String requestedBy) {
    if (run.status().terminal()) {
      return refused("run " + run.id() + " has already ended: " + run.status(), run.id());
    }
    if (run.status() == RunStatus.CANCELLING) {
      return applied("run " + run.id() + " is already being cancelled", run.id());
    }
    boolean _ = draft.apply(run.id(), new Event.CancelAsked(requestedBy, reason));
    return applied("run " + run.id() + " is being cancelled", run.id());
  }
}
