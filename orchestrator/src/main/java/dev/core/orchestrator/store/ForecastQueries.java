package dev.core.orchestrator.store;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.forecast.Conditions;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What a forecast goes by, beside the definition: past attempts, and the limits of now. */
public final class ForecastQueries {

  private final Jdbi jdbi;
  private final int tasksAtOnce;
  private final @Nullable Integer backendSlots;
  private final RetryPolicy policy;

  /**
   * @param backendSlots jobs that the backend runs at once; null: any number
   */
  public ForecastQueries(
      Jdbi jdbi, int tasksAtOnce, @Nullable Integer backendSlots, RetryPolicy policy) {
    this.jdbi = jdbi;
    this.tasksAtOnce = tasksAtOnce;
    this.backendSlots = backendSlots;
    this.policy = policy;
  }

  public AttemptHistory attempts() {
    return new AttemptHistory(jdbi);
  }

  public @Nullable Integer backendSlots() {
    return backendSlots;
  }

  /**
   * @param slots of the backend; null: any number
   */
  public Conditions conditions(PipelineDefinition definition, @Nullable Integer slots) {
    return new Conditions(
        definition.parallelTaskLimit(),
        tasksAtOnce,
        jdbi.withHandle(PoolRows::list),
        slots == null ? Integer.MAX_VALUE : slots,
        policy);
  }
}
