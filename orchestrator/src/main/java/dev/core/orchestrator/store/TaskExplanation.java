package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.TaskStatus;
import java.time.Instant;

/**
 * Why a task has not succeeded.
 *
 * @param cause one of a closed list, such as {@code at_backend}, or how the task ended
 * @param text what holds it or ended it, for people
 * @param remedy what would get it on
 */
public record TaskExplanation(
    String task, TaskStatus status, String cause, String text, String remedy, Instant since) {}
