package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import org.jdbi.v3.core.Handle;

/** Takes quarantined runs up again. */
final class Releasing {

  private Releasing() {}

  static CommandAnswer release(Handle handle, Draft draft, Command.ReleaseRun release) {
    long id = release.runId();
    return StoredRuns.find(handle, draft, id)
        .map(run -> {
          if (!StoredRuns.isQuarantined(handle, id)) {
            return refused("run " + id + " is not quarantined", id);
          }
          draft.release(run);
          return applied("run " + id + " is taken up again", id);
        })
        .orElseGet(() -> StoredRuns.unknown(id));
  }
}
