package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.command.Corrections;
import dev.core.orchestrator.engine.Correction;
import dev.core.orchestrator.engine.CorrectionPreview;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.store.CorrectionQueries;
import org.jdbi.v3.core.Handle;

/** Commands that change what has become of tasks: clear, retry, mark. */
final class Correcting {

  private Correcting() {}

  static CommandAnswer correct(
      Handle handle, Draft draft, Command.OfTasks change, String requestedBy) {
    return StoredRuns.with(
        handle,
        draft,
        change.runId(),
        run -> correct(handle, draft, run, Corrections.event(change, requestedBy)));
  }

  private static CommandAnswer correct(Handle handle, Draft draft, Run run, Event.OfTasks event) {
    return switch (Correction.of(run, event, draft.now())) {
      case Correction.Refused(var message) -> CommandAnswer.refused(message, run.id());
      case Correction.Changed changed -> {
        var preview =
            CorrectionPreview.of(
                changed,
                draft.runs(),
                CorrectionQueries.quarantined(handle, run.header().pipeline()),
                draft.now());
        if (!draft.apply(run.id(), event)) {
          throw new IllegalStateException(event + " was to change run " + run.id());
        }
        yield CommandAnswer.applied(preview.text(), run.id());
      }
    };
  }
}
