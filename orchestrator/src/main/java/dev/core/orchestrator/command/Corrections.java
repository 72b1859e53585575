package dev.core.orchestrator.command;

import dev.core.orchestrator.engine.Event;

/** What a command about tasks says to the run: the same for a leader and for a dry run. */
public final class Corrections {

  private Corrections() {}

  /**
   * @param by who asked
   */
  public static Event.OfTasks event(Command.OfTasks command, String by) {
    return switch (command) {
      case Command.ClearTasks clear -> new Event.ClearAsked(by, clear.reason(), clear.tasks());
      case Command.RetryTasks retry -> new Event.RetryAsked(by, retry.reason(), retry.tasks());
      case Command.MarkTasks mark ->
          new Event.MarkAsked(by, mark.reason(), mark.tasks(), mark.as(), mark.result());
    };
  }
}
