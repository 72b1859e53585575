package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.variables.DatasetReference;
import dev.core.common.variables.ResolutionContext;
import dev.core.common.variables.VariableResolution;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Origin;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a rerun may take over: succeeded tasks whose work order would say the same today, all
 * of whose upstream is taken over, too. Resources are no part of that, and neither is the code of
 * the transformation, which is not recorded. For one rerun.
 */
final class TakeOverSearch {

  private final Handle handle;
  private final String branch;
  private final Run source;
  private final RunPlan plan;
  private final Map<String, String> parameters;
  private final FinishedWork work;

  private final Set<Origin.TakenOver> taken = new HashSet<>();
  private final Map<String, JsonNode> results = new HashMap<>();
  private final Map<DatasetReference, Optional<Long>> datasets = new HashMap<>();

  private TakeOverSearch(
      Handle handle, String branch, Run source, RunPlan plan, Map<String, String> parameters) {
    this.handle = handle;
    this.branch = branch;
    this.source = source;
    this.plan = plan;
    this.parameters = parameters;
    this.work = FinishedWork.of(handle, source);
  }

  /**
   * @param plan of the new run
   * @param parameters of the new run, all of them
   */
  static TakeOver search(
      Handle handle, String branch, Run source, RunPlan plan, Map<String, String> parameters) {
    return new TakeOverSearch(handle, branch, source, plan, parameters).search();
  }

  private TakeOver search() {
    var verdicts = new ArrayList<TakeOver.Verdict>();
    String upstream = null;
    for (Dag.Wave wave : plan.dag().waves()) {
      // Found before anything of the wave counts as taken over: its tasks do not read each other's.
      var ofWave = new ArrayList<TakeOver.Verdict>();
      for (Dag.Node node : plan.dag().transformations(wave)) {
        ofWave.add(verdict(plan.transformation(node.index()), upstream));
      }
      for (TakeOver.Verdict verdict : ofWave) {
        var from = verdict.from();
        if (from == null) {
          upstream = upstream == null ? verdict.task() : upstream;
        } else {
          taken.add(from);
          results.compute(verdict.task(), (_, _) -> verdict.result());
        }
      }
      datasets.clear();
      verdicts.addAll(ofWave);
    }
    return new TakeOver(verdicts);
  }

  private TakeOver.Verdict verdict(Dag.Transformation node, @Nullable String upstream) {
    Integer index = source.plan().indexes().get(node.key());
    Task before = index == null ? null : source.tasks().get(index);
    var piece = index == null ? Optional.<FinishedWork.Piece>empty() : work.of(index);
    String because =
        upstream != null
            ? "downstream of " + upstream
            : before == null
                ? "new"
                : before.status() != TaskStatus.SUCCEEDED
                    ? "%s in run %d".formatted(before.status(), source.id())
                    : piece
                        .map(each -> change(node, each))
                        .orElse("marked in run %d, not run".formatted(source.id()));
    boolean takes = because.isEmpty();
    return new TakeOver.Verdict(
        node.index(),
        node.key(),
        node.state(),
        node.wave(),
        takes ? piece.orElseThrow().by() : null,
        takes && before != null ? before.result() : null,
        takes ? null : because);
  }

  /** What would be different today, for people; empty: nothing. */
  private String change(Dag.Transformation node, FinishedWork.Piece piece) {
    WorkOrder order = piece.order();
    var changes = new ArrayList<String>();
    differs(changes, "branch", order.branch(), branch);
    differs(changes, "client", order.client(), plan.definition().client());
    differs(changes, "brand", order.brand(), plan.definition().brand());
    differs(changes, "image", order.resources().image(), node.definition().resources().image());
    order
        .parameters()
        .forEach(
            (name, value) -> differs(changes, "parameter " + name, value, parameters.get(name)));
    if (!order.outputs().isEmpty() && piece.datasets() == 0) {
      changes.add("its datasets are gone");
    }
    switch (VariableResolution.of(node.definition().variables(), context(node, piece))) {
      case VariableResolution.Unresolved(var problems) ->
          problems.forEach(problem -> changes.add(problem.toString()));
      case VariableResolution.Resolved resolved -> {
        variables(changes, order, resolved);
        inputs(changes, order, resolved);
      }
    }
    return String.join("; ", changes);
  }

  private static void differs(
      List<String> changes, String what, @Nullable String before, @Nullable String now) {
    if (!Objects.equals(before, now)) {
      changes.add("%s %s -> %s".formatted(what, before, now));
    }
  }

  private static void variables(
      List<String> changes, WorkOrder order, VariableResolution.Resolved resolved) {
    var names = new TreeSet<>(order.variables().keySet());
    names.addAll(resolved.variables().keySet());
    for (String name : names) {
      if (!Objects.equals(order.variables().get(name), resolved.variables().get(name))) {
        changes.add("variable '" + name + "' changed");
      }
    }
  }

  private void inputs(List<String> changes, WorkOrder order, VariableResolution.Resolved resolved) {
    for (var input : resolved.inputs()) {
      var before = order.inputs().get(input.alias());
      Long now = dataset(input.reference()).orElse(null);
      if (before == null || now == null || before.datasetId() != now) {
        changes.add("input %s changed".formatted(input.reference().name()));
      }
    }
  }

  private Optional<Long> dataset(DatasetReference reference) {
    return datasets.computeIfAbsent(
        reference,
        _ ->
            // A run that does not exist yet has written nothing itself.
            InputDatasets.find(handle, branch, reference, -1, taken).map(InputDatasets.Found::id));
  }

  /** That attempt's own names of run and attempt, which say where, and not what. */
  private ResolutionContext context(Dag.Transformation node, FinishedWork.Piece piece) {
    var definition = plan.definition();
    return new ResolutionContext(
        source.header().logicalDate(),
        definition.zone(),
        piece.by().runId(),
        definition.client(),
        definition.brand(),
        branch,
        definition.name(),
        node.state(),
        piece.by().attempt(),
        parameters,
        key -> Optional.ofNullable(results.get(key)));
  }
}
