package dev.core.orchestrator.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.core.orchestrator.dag.Dag;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;

/**
 * The tasks of a run that a command is about. Downstream of a task is every later wave, since a
 * wave waits for all before it. A run's DAG is sealed, so a selection always means the same tasks.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Selection.Everything.class, name = "run"),
  @JsonSubTypes.Type(value = Selection.OfState.class, name = "state"),
  @JsonSubTypes.Type(value = Selection.OfTask.class, name = "task"),
})
public sealed interface Selection {

  /** Every task of the run. */
  record Everything() implements Selection {}

  /**
   * The tasks of a pipeline state.
   *
   * @param downstream and every wave after the first of that state
   */
  record OfState(String state, boolean downstream) implements Selection {}

  /**
   * One task.
   *
   * @param downstream and every later wave
   */
  record OfTask(String key, boolean downstream) implements Selection {}

  /** For people, such as {@code task 'x' and downstream}. */
  default String text() {
    return switch (this) {
      case Everything _ -> "all tasks";
      case OfState(var state, var downstream) -> "state '" + state + "'" + more(downstream);
      case OfTask(var key, var downstream) -> "task '" + key + "'" + more(downstream);
    };
  }

  private static String more(boolean downstream) {
    return downstream ? " and downstream" : "";
  }

  /** What is wrong with it for that run, for people; empty: nothing. */
  default Optional<String> problem(RunPlan plan) {
    return switch (this) {
      case Everything _ -> Optional.empty();
      case OfState(var state, _) ->
          plan.dag().waves().stream().anyMatch(wave -> wave.state().equals(state))
              ? Optional.empty()
              : Optional.of(
                  "has no tasks in a state '%s'; its states are %s"
                      .formatted(
                          state,
                          String.join(
                              ", ",
                              plan.dag().waves().stream()
                                  .map(Dag.Wave::state)
                                  .distinct()
                                  .toList())));
      case OfTask(var key, _) -> {
        Integer index = plan.indexes().get(key);
        if (index == null) {
          yield Optional.of("has no task '%s'".formatted(key));
        }
        yield plan.dag().nodes().get(index) instanceof Dag.Transformation
            ? Optional.empty()
            : Optional.of("has a spacer '%s', which runs nothing; name a task".formatted(key));
      }
    };
  }

  /** Indexes of the transformations that it means; none, if it has a problem. */
  default BitSet in(RunPlan plan) {
    var indexes = new BitSet();
    if (problem(plan).isPresent()) {
      return indexes;
    }
    var waves = plan.dag().waves();
    int from =
        switch (this) {
          case Everything _ -> 0;
          case OfState(var state, var downstream) -> {
            int first = 0;
            while (!waves.get(first).state().equals(state)) {
              first++;
            }
            waves.stream()
                .filter(wave -> wave.state().equals(state))
                .forEach(wave -> indexes.set(wave.spacer() + 1, wave.end()));
            yield downstream ? first : waves.size();
          }
          case OfTask(var key, var downstream) -> {
            int index = Objects.requireNonNull(plan.indexes().get(key));
            indexes.set(index);
            yield downstream ? plan.dag().nodes().get(index).wave() + 1 : waves.size();
          }
        };
    for (Dag.Wave wave : waves.subList(from, waves.size())) {
      indexes.set(wave.spacer() + 1, wave.end());
    }
    return indexes;
  }
}
