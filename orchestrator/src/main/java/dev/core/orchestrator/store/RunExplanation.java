package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.RunStatus;
import java.time.Instant;

/**
 * Why a run is not over though all its tasks are.
 *
 * @param cause one of a closed list, such as {@code ending}
 * @param text what holds it, for people
 * @param remedy what would get it on
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunExplanation(
    long runId, RunStatus status, String cause, String text, String remedy, Instant since) {}
