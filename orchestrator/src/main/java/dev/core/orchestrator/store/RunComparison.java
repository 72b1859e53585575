package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.json.Json;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How two runs differ.
 *
 * @param definition what differs in the definitions that they sealed, by field
 * @param timings every transformation of either run
 * @param datasets every dataset that either run wrote or took over
 */
public record RunComparison(
    RunSummary a,
    RunSummary b,
    List<Difference> definition,
    List<Difference> parameters,
    List<Difference> results,
    List<Timing> timings,
    List<DatasetComparison> datasets) {

  /**
   * One field.
   *
   * @param field a path such as {@code states[ingest].transformations[4].variables.sql.value}
   * @param a null: only the other has it
   */
  public record Difference(String field, @Nullable Object a, @Nullable Object b) {}

  /**
   * How a task went in either run; null where the run has no such task, and a duration where it did
   * not start it.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Timing(
      String task,
      @Nullable TaskStatus statusA,
      @Nullable TaskStatus statusB,
      @Nullable Integer attemptsA,
      @Nullable Integer attemptsB,
      @Nullable Duration a,
      @Nullable Duration b) {}

  /**
   * A run to compare.
   *
   * @param definition that it sealed, as canonical JSON
   * @param datasets that it wrote or took over
   */
  public record Side(RunDetail run, String definition, List<DatasetSummary> datasets) {
    public Side {
      datasets = List.copyOf(datasets);
    }
  }

  /** Compares two runs by what they sealed and what they recorded. Pure. */
  public static RunComparison of(Side sideA, Side sideB) {
    RunDetail a = sideA.run();
    RunDetail b = sideB.run();
    return new RunComparison(
        a.summary(),
        b.summary(),
        JsonDifference.between(Json.tree(sideA.definition()), Json.tree(sideB.definition())),
        JsonDifference.between(
            Json.tree((Object) a.summary().parameters()),
            Json.tree((Object) b.summary().parameters())),
        JsonDifference.between(results(a), results(b)),
        timings(a, b),
        DatasetComparison.between(sideA.datasets(), sideB.datasets()));
  }

  private static JsonNode results(RunDetail run) {
    var results = new TreeMap<String, JsonNode>();
    for (var task : run.transformations()) {
      var result = task.result();
      if (result != null) {
        results.put(task.key(), result);
      }
    }
    return Json.tree((Object) results);
  }

  private static List<Timing> timings(RunDetail a, RunDetail b) {
    var inA = byKey(a);
    var inB = byKey(b);
    var keys = new LinkedHashSet<>(inA.keySet());
    keys.addAll(inB.keySet());
    var timings = new ArrayList<Timing>();
    for (var key : keys) {
      var taskA = inA.get(key);
      var taskB = inB.get(key);
      timings.add(
          new Timing(
              key,
              taskA == null ? null : taskA.status(),
              taskB == null ? null : taskB.status(),
              taskA == null ? null : taskA.attempts().size(),
              taskB == null ? null : taskB.attempts().size(),
              taskA == null ? null : taskA.duration(),
              taskB == null ? null : taskB.duration()));
    }
    return timings;
  }

  private static Map<String, TaskDetail> byKey(RunDetail run) {
    var tasks = new java.util.LinkedHashMap<String, TaskDetail>();
    run.transformations().forEach(task -> tasks.put(task.key(), task));
    return tasks;
  }
}
