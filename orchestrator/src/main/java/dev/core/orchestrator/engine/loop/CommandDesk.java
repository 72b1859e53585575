package dev.core.orchestrator.engine.loop;

import dev.core.common.json.Json;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.store.PendingCommand;
import org.jdbi.v3.core.Handle;

/**
 * Applies commands to a draft. Each gets an answer, in the same transaction that carries its
 * changes; a refused one changes nothing. What a command does is told by a class of its family.
 */
final class CommandDesk {

  private final Starting starting;
  private final Rerunning rerunning;
  private final Pausing pausing;

  CommandDesk(Starting starting, Rerunning rerunning, Pausing pausing) {
    this.starting = starting;
    this.rerunning = rerunning;
    this.pausing = pausing;
  }

  void apply(Handle handle, Draft draft, PendingCommand pending) {
    draft.answer(pending.id(), answer(handle, draft, pending));
  }

  private CommandAnswer answer(Handle handle, Draft draft, PendingCommand pending) {
    Command command;
    try {
      command = Json.read(pending.body(), Command.class);
    } catch (Json.MalformedJson e) {
      return CommandAnswer.refused("the command cannot be read: " + e.getMessage(), null);
    }
    String by = pending.requestedBy();
    return switch (command) {
      case Command.StartRun start -> starting.start(handle, draft, start, by);
      case Command.CancelRun cancel -> Ending.cancel(handle, draft, cancel, by);
      case Command.OfTasks change -> Correcting.correct(handle, draft, change, by);
      case Command.RerunRun rerun -> rerunning.rerun(handle, draft, rerun, by);
      case Command.ReleaseRun release -> Releasing.release(handle, draft, release);
      case Command.Pause pause -> pausing.pause(handle, draft, pause, by);
      case Command.Resume resume -> pausing.resume(draft, resume);
    };
  }
}
