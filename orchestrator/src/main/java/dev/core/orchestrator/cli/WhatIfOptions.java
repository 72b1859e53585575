package dev.core.orchestrator.cli;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.engine.Pools;
import dev.core.orchestrator.forecast.Conditions;
import dev.core.orchestrator.forecast.WhatIf;
import dev.core.orchestrator.forecast.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what could be otherwise: each is played alone, and all of them together. */
final class WhatIfOptions {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "What if the pipeline had this limit of parallel tasks?")
  private @Nullable Integer limit;

  @Option(
      names = "--pool",
      paramLabel = "NAME=N",
      description = "What if a pool had as many slots? May be repeated.")
  private Map<String, Integer> pools = new LinkedHashMap<>();

  @Option(
      names = "--slow",
      paramLabel = "KEY=x2",
      description = "What if a task worked so many times as long? May be repeated. KEY as above.")
  private Map<String, String> slow = new LinkedHashMap<>();

  /** What is wrong with them. */
  List<String> wrong() {
    var wrong = new ArrayList<String>();
    if (limit != null && limit < 1) {
      wrong.add("--limit is %d; allowed: at least 1".formatted(limit));
    }
    pools.forEach((name, slots) -> {
      if (slots < 0) {
        wrong.add("--pool %s is %d; allowed: at least 0".formatted(name, slots));
      }
    });
    slow.forEach((key, text) -> {
      if (!text.matches("x[0-9]{1,4}(\\.[0-9]{1,3})?")) {
        wrong.add("--slow %s is '%s'; allowed: such as x2 or x1.5".formatted(key, text));
      }
    });
    return wrong;
  }

  /**
   * @throws Refused if a name means no pool or no task
   */
  List<WhatIf> of(Conditions conditions, Map<String, Work> works, PipelineDefinition definition) {
    var whatIfs = new ArrayList<WhatIf>();
    Conditions together = conditions;
    var slower = new LinkedHashMap<String, Work>();
    if (limit != null) {
      whatIfs.add(new WhatIf("limit " + limit, conditions.limited(limit), Map.of()));
      together = together.limited(limit);
    }
    for (var pool : pools.entrySet()) {
      known(pool.getKey(), conditions, definition);
      whatIfs.add(
          new WhatIf(
              "pool %s with %d".formatted(pool.getKey(), pool.getValue()),
              conditions.pool(pool.getKey(), pool.getValue()),
              Map.of()));
      together = together.pool(pool.getKey(), pool.getValue());
    }
    for (var each : slow.entrySet()) {
      double factor = Double.parseDouble(each.getValue().substring(1));
      var changed =
          TaskPattern.find(each.getKey(), works.keySet()).stream()
              .collect(
                  Collectors.toMap(
                      key -> key, key -> (Work) new Work.Slower(work(works, key), factor)));
      whatIfs.add(
          new WhatIf("%s %s".formatted(each.getKey(), each.getValue()), conditions, changed));
      slower.putAll(changed);
    }
    if (whatIfs.size() > 1) {
      whatIfs.add(new WhatIf("all of these", together, slower));
    }
    return whatIfs;
  }

  private static Work work(Map<String, Work> works, String key) {
    return Objects.requireNonNull(works.get(key));
  }

  /** One that exists, or that a task wants and that does not exist yet. */
  private static void known(String pool, Conditions conditions, PipelineDefinition definition) {
    var names = new TreeSet<>(conditions.pools().stream().map(Pools.Pool::name).toList());
    definition.states().stream()
        .flatMap(state -> state.transformations().stream())
        .map(each -> each.resources().pool())
        .filter(Objects::nonNull)
        .forEach(names::add);
    if (!names.contains(pool)) {
      throw Names.unknown("pool", pool, names, "core pools set NAME SLOTS makes one");
    }
  }
}
