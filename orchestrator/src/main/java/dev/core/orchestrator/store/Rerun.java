package dev.core.orchestrator.store;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.command.Command.RerunRun;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunPlan;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The rules of rerunning, the same for the leader and for a dry run. */
public final class Rerun {

  private Rerun() {}

  /** Why that run cannot be rerun now, for people; empty: it can. */
  public static Optional<String> problem(Run source) {
    return source.status().terminal()
        ? Optional.empty()
        : Optional.of(
            "run %d is %s; it can be rerun when it has ended: `core cancel %d` ends it"
                .formatted(source.id(), source.status(), source.id()));
  }

  /** What the rerun is given: as the run before had it, but what is given now comes first. */
  public static Map<String, String> parameters(
      RerunRun rerun, Run source, PipelineDefinition definition) {
    var parameters = new TreeMap<String, String>();
    for (var declared : definition.parameters()) {
      var before = source.header().parameters().get(declared.name());
      if (before != null) {
        parameters.put(declared.name(), before);
      }
    }
    parameters.putAll(rerun.parameters());
    return parameters;
  }

  /**
   * @param plan of the new run
   * @param parameters of the new run, all of them
   */
  public static TakeOver takeOver(
      Handle handle,
      String branch,
      RerunRun rerun,
      Run source,
      RunPlan plan,
      Map<String, String> parameters) {
    if (!rerun.everything()) {
      return TakeOverSearch.search(handle, branch, source, plan, parameters);
    }
    return new TakeOver(
        plan.dag().nodes().stream()
            .filter(node -> node instanceof Dag.Transformation)
            .map(node ->
                new TakeOver.Verdict(
                    node.index(), node.key(), node.state(), node.wave(), null, null, "asked for"))
            .toList());
  }
}
