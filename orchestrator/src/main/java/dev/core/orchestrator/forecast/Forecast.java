package dev.core.orchestrator.forecast;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.dag.Dag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run of a pipeline would take. Immutable; the same assumptions give the same forecast.
 *
 * @param usual the course in which every task takes what it usually does
 * @param spread when chance decides
 * @param criticalPath of the usual course
 * @param barriers what waiting for the slowest of each wave costs, in the usual course
 * @param slow what one slow task changes, the costliest first
 * @param slowComplete whether every task was looked at for it, and not only the longest
 * @param alternatives what comes of each what-if, and of no limits at all
 */
public record Forecast(
    Playthrough usual,
    Spread spread,
    List<Span> criticalPath,
    List<Barrier> barriers,
    List<Sensitivity> slow,
    boolean slowComplete,
    List<Alternative> alternatives) {

  public Forecast {
    criticalPath = List.copyOf(criticalPath);
    barriers = List.copyOf(barriers);
    slow = List.copyOf(slow);
    alternatives = List.copyOf(alternatives);
  }

  /**
   * @param works of every task, by key
   */
  public static Forecast of(
      PipelineDefinition definition,
      Map<String, Work> works,
      Conditions conditions,
      List<WhatIf> whatIfs,
      Chance chance) {
    Stage stage = Stage.of(definition, conditions);
    List<Work> byIndex = byIndex(stage.plan().dag(), works);
    Playthrough usual = stage.usual(byIndex);
    var sensitivities = new Sensitivities(stage, byIndex, usual);
    var alternatives = new ArrayList<Alternative>();
    for (WhatIf whatIf : whatIfs) {
      alternatives.add(alternative(definition, byIndex, whatIf, chance));
    }
    alternatives.add(
        alternative(
            definition,
            byIndex,
            new WhatIf("no limits at all", conditions.unlimited(), Map.of()),
            chance));
    return new Forecast(
        usual,
        stage.spread(byIndex, chance),
        usual.criticalPath(),
        Barrier.of(usual),
        sensitivities.find(),
        sensitivities.complete(),
        alternatives);
  }

  private static Alternative alternative(
      PipelineDefinition definition, List<Work> works, WhatIf whatIf, Chance chance) {
    Stage stage = Stage.of(definition, whatIf.conditions());
    var changed = new ArrayList<>(works);
    for (Dag.Node node : stage.plan().dag().nodes()) {
      Work other = whatIf.works().get(node.key());
      if (other != null) {
        changed.set(node.index(), other);
      }
    }
    Playthrough usual = stage.usual(changed);
    return new Alternative(
        whatIf.what(),
        usual.status(),
        usual.makespan(),
        stage.spread(changed, chance),
        usual.troubles());
  }

  /** Spacers take no time, and are never asked. */
  private static List<Work> byIndex(Dag dag, Map<String, Work> works) {
    return dag.nodes().stream()
        .map(node ->
            switch (node) {
              case Dag.Spacer _ -> new Work.Given(Duration.ZERO);
              case Dag.Transformation task ->
                  Objects.requireNonNull(
                      works.get(task.key()), () -> "nothing is known of " + task.key());
            })
        .toList();
  }
}
