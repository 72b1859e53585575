package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.Origin;
import org.jspecify.annotations.Nullable;

/**
 * How a task came to its status, if not by attempts of its own: somebody marked it, or another run
 * did the work.
 *
 * @param reason of whoever marked it; may be empty
 * @param takenFromRun and {@code takenFromAttempt}: who did the work
 */
@JsonNaming(SnakeCaseStrategy.class)
public record OriginDetail(
    @Nullable String markedBy,
    @Nullable String reason,
    @Nullable Long takenFromRun,
    @Nullable Integer takenFromAttempt) {

  static @Nullable OriginDetail of(@Nullable Origin origin) {
    return switch (origin) {
      case Origin.Marked(var by, var reason) -> new OriginDetail(by, reason, null, null);
      case Origin.TakenOver(var run, _, var attempt) -> new OriginDetail(null, null, run, attempt);
      case null -> null;
    };
  }

  /** For people, such as {@code marked by ada: checked by hand}. */
  public String text() {
    return markedBy == null
        ? "taken over from attempt %d of run %d".formatted(takenFromAttempt, takenFromRun)
        : "marked by " + markedBy + (reason == null || reason.isEmpty() ? "" : ": " + reason);
  }
}
