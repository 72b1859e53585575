package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.AttemptStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at a task.
 *
 * @param intendedAt when the leader decided on it
 * @param startedAt when a worker claimed it; null: nothing has taken effect yet
 * @param jobId what the backend calls the job that claimed it, or the newest one
 * @param progress the worker's last words on how far it is
 * @param partitions how far they are; null unless the task is split
 * @param closeReason why it was closed, when it was
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AttemptDetail(
    int number,
    AttemptStatus status,
    String mode,
    Instant intendedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String jobId,
    @Nullable String progress,
    @Nullable String closeReason,
    @Nullable FailureDetail failure,
    @Nullable PartitionsDetail partitions) {}
