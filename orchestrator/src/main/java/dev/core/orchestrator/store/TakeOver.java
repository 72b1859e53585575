package dev.core.orchestrator.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Origin;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rerun takes over of the run before it, and what it runs, and why.
 *
 * @param tasks every transformation of the new run, in the order of its DAG
 */
public record TakeOver(List<Verdict> tasks) {

  public TakeOver {
    tasks = List.copyOf(tasks);
  }

  /**
   * About one task: it has either {@code from} or {@code because}.
   *
   * @param from the attempt that has done the work
   * @param because why it runs
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Verdict(
      @JsonIgnore int index,
      String task,
      String state,
      int wave,
      Origin.@Nullable TakenOver from,
      @JsonIgnore @Nullable JsonNode result,
      @Nullable String because) {}

  /** How many tasks it takes over. */
  public int taken() {
    return (int) tasks.stream().filter(verdict -> verdict.from() != null).count();
  }

  /** What the new run is told. */
  public Event.TookOver event() {
    return new Event.TookOver(
        tasks.stream()
            .flatMap(verdict -> {
              var from = verdict.from();
              return from == null
                  ? Stream.<Event.TookOver.Taken>empty()
                  : Stream.of(new Event.TookOver.Taken(verdict.index(), from, verdict.result()));
            })
            .toList());
  }
}
