package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a pipeline has no run that goes on.
 *
 * @param text what holds it, for people
 * @param remedy what would start a run
 * @param since from when on the cause has certainly held; null: nothing that is stored can tell
 * @param runId of the run that goes on, of {@link Cause#UNFINISHED_RUN}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PipelineExplanation(
    String pipeline,
    Cause cause,
    String text,
    String remedy,
    @Nullable Instant since,
    @Nullable Long runId) {

  /** The closed list of causes. */
  public enum Cause {
    /** There is one: what its tasks wait for is told of them. */
    UNFINISHED_RUN,
    /** The pipeline is not active, so its schedule does not start runs. */
    INACTIVE,
    /** Its configuration allows no run. */
    INVALID,
    /** It, or every pipeline, is paused. */
    PAUSED,
    /** It has no frequency: somebody has to start its runs. */
    BY_HAND,
    /** Nobody leads, so no schedule is looked at. */
    NO_LEADER,
    /** A date has come and waits for its turn. */
    DUE,
    /** Its next date has not come. */
    NOT_DUE,
    /** Its schedule has no further date. */
    NO_DATE;

    /** As causes of tasks are written. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
