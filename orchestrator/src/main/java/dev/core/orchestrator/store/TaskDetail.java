package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with its attempts, oldest first.
 *
 * @param kind {@code transformation} or {@code spacer}
 * @param duration from its start to its end, or to now while it is not ended
 * @param retryAt when its next attempt may start, while it is RETRYING
 * @param result what the transformation returned
 * @param origin how it came to its status, if not by its attempts
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TaskDetail(
    int index,
    String key,
    String kind,
    String state,
    int wave,
    @Nullable String template,
    TaskStatus status,
    Instant statusSince,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Duration duration,
    @Nullable Instant retryAt,
    @Nullable FailureDetail failure,
    @Nullable JsonNode result,
    @Nullable OriginDetail origin,
    List<AttemptDetail> attempts) {
  public TaskDetail {
    attempts = List.copyOf(attempts);
  }

  /** Whether it does work, and is not a barrier. */
  @JsonIgnore
  public boolean isTransformation() {
    return !kind.equals("spacer");
  }
}
