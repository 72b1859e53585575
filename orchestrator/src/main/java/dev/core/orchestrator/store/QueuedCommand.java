package dev.core.orchestrator.store;

import dev.core.orchestrator.command.CommandAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A command as it stands in the queue.
 *
 * @param replayed whether the same command was there before under its key
 * @param answer null while the leader has not come to it
 */
public record QueuedCommand(long id, boolean replayed, @Nullable CommandAnswer answer) {}
