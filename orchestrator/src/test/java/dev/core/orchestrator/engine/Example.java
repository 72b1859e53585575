package dev.core.orchestrator.engine;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline for tests, whose waves are states of their own; and the runs of it.
 *
 * @param attempts of every transformation; the delay between them is a minute
 * @param widths how many transformations each wave has
 */
public record Example(
    String name,
    OverlapPolicy overlapPolicy,
    int overlapLimit,
    int priority,
    @Nullable Integer parallelTaskLimit,
    @Nullable String pool,
    @Nullable Long poolId,
    int attempts,
    List<Integer> widths) {

  public static final Instant START = Instant.parse("2026-11-22T06:00:00Z");
  public static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(60));
  public static final Duration DELAY = Duration.ofMinutes(1);
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  public static Example of(Integer... widths) {
    return new Example(
        "flights", OverlapPolicy.QUEUE, 1, 0, null, null, null, 2, List.copyOf(List.of(widths)));
  }

  public Example named(String other) {
    return new Example(
        other,
        overlapPolicy,
        overlapLimit,
        priority,
        parallelTaskLimit,
        pool,
        poolId,
        attempts,
        widths);
  }

  public Example overlap(OverlapPolicy policy, int limit) {
    return new Example(
        name, policy, limit, priority, parallelTaskLimit, pool, poolId, attempts, widths);
  }

  public Example priority(int other) {
    return new Example(
        name,
        overlapPolicy,
        overlapLimit,
        other,
        parallelTaskLimit,
        pool,
        poolId,
        attempts,
        widths);
  }

  public Example parallelTaskLimit(int limit) {
    return new Example(
        name, overlapPolicy, overlapLimit, priority, limit, pool, poolId, attempts, widths);
  }

  public Example pool(String other) {
    return new Example(
        name,
        overlapPolicy,
        overlapLimit,
        priority,
        parallelTaskLimit,
        other,
        null,
        attempts,
        widths);
  }

  public Example pool(String other, long id) {
    return new Example(
        name,
        overlapPolicy,
        overlapLimit,
        priority,
        parallelTaskLimit,
        other,
        id,
        attempts,
        widths);
  }

  public Example attempts(int other) {
    return new Example(
        name,
        overlapPolicy,
        overlapLimit,
        priority,
        parallelTaskLimit,
        pool,
        poolId,
        other,
        widths);
  }

  public PipelineDefinition definition() {
    var resources =
        new Resources(
            BigDecimal.ONE,
            128,
            (int) TIMEOUT.toSeconds(),
            attempts,
            (int) DELAY.toSeconds(),
            pool,
            null);
    var states = new ArrayList<StateDefinition>();
    long id = 0;
    for (int wave = 0; wave < widths.size(); wave++) {
      var transformations = new ArrayList<TransformationDefinition>();
      for (int i = 0; i < widths.get(wave); i++) {
        transformations.add(
            new TransformationDefinition(++id, "work", 0, Map.of(), resources, poolId, null));
      }
      states.add(new StateDefinition("stage_" + wave, wave, transformations));
    }
    return new PipelineDefinition(
        name,
        "acme",
        "road",
        null,
        "test",
        null,
        null,
        "UTC",
        null,
        false,
        overlapPolicy,
        overlapLimit,
        priority,
        parallelTaskLimit,
        List.of(),
        states);
  }

  public Run queued(long id) {
    return queued(id, "manual", START);
  }

  public Run queued(long id, String trigger, Instant createdAt) {
    return Run.queued(
        new RunHeader(
            id, name, "acme", "road", trigger, "tester", createdAt, 0, Map.of(), priority,
            createdAt, null),
        RunPlan.of(definition()));
  }

  public Story story() {
    return new Story(queued(1), POLICY, START);
  }
}
