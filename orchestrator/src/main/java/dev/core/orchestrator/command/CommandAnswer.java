package dev.core.orchestrator.command;

import org.jspecify.annotations.Nullable;

/**
 * What the leader answered.
 *
 * @param refused true: nothing was changed, and the message says why
 * @param runId the run that the command made or acted on
 */
public record CommandAnswer(boolean refused, String message, @Nullable Long runId) {

  /** Nothing was changed. */
  public static CommandAnswer refused(String message, @Nullable Long runId) {
    return new CommandAnswer(true, message, runId);
  }

  public static CommandAnswer applied(String message, long runId) {
    return new CommandAnswer(false, message, runId);
  }
}
