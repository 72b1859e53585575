package dev.core.orchestrator.forecast;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Pools;
import dev.core.orchestrator.engine.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What limits how much of a run goes on at once. Immutable.
 *
 * @param parallelTaskLimit of the pipeline; null: none
 * @param tasksAtOnce of the orchestrator
 * @param pools of the store; one that is not there has no slots
 * @param backendSlots jobs that the backend runs at once; the others wait in its queue
 */
public record Conditions(
    @Nullable Integer parallelTaskLimit,
    int tasksAtOnce,
    List<Pools.Pool> pools,
    int backendSlots,
    RetryPolicy policy) {

  public Conditions {
    pools = List.copyOf(pools);
  }

  /** Everything at once that may be; only what has no slots at all stays without. */
  public Conditions unlimited() {
    return new Conditions(
        null,
        Integer.MAX_VALUE,
        pools.stream()
            .map(pool -> pool.slots() == 0 ? pool : with(pool, Integer.MAX_VALUE))
            .toList(),
        Integer.MAX_VALUE,
        policy);
  }

  /** With another limit of the pipeline. */
  public Conditions limited(int limit) {
    return new Conditions(limit, tasksAtOnce, pools, backendSlots, policy);
  }

  /** With as many slots in that pool, which is made if it is not there. */
  public Conditions pool(String name, int slots) {
    var others = new ArrayList<>(pools);
    var known = others.stream().filter(pool -> pool.name().equals(name)).findFirst();
    known.ifPresent(others::remove);
    others.add(with(known.orElse(new Pools.Pool(-1 - others.size(), name, 0)), slots));
    return new Conditions(parallelTaskLimit, tasksAtOnce, others, backendSlots, policy);
  }

  private static Pools.Pool with(Pools.Pool pool, int slots) {
    return new Pools.Pool(pool.id(), pool.name(), slots);
  }

  Dispatcher.Limits limits() {
    return new Dispatcher.Limits(tasksAtOnce, Pools.of(pools));
  }

  /** The definition as it would be with the limit of the pipeline. */
  PipelineDefinition limiting(PipelineDefinition of) {
    return new PipelineDefinition(
        of.name(),
        of.client(),
        of.brand(),
        of.segment(),
        of.pipelineType(),
        of.description(),
        of.runFrequency(),
        of.timeZone(),
        of.startDate(),
        of.catchingUp(),
        of.overlapPolicy(),
        of.overlapLimit(),
        of.priority(),
        parallelTaskLimit,
        of.parameters(),
        of.states());
  }
}
