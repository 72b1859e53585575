package dev.core.orchestrator.store;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.common.variables.Parameters;
import dev.core.orchestrator.command.Command.RerunRun;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Says what a rerun would take over and what it would run, by the rules that the leader applies,
 * from the rows: it works also while nobody leads.
 */
public final class RerunQueries {

  private final Jdbi jdbi;
  private final String branch;

  public RerunQueries(Jdbi jdbi, String branch) {
    this.jdbi = jdbi;
    this.branch = branch;
  }

  /** What would become of it. */
  public sealed interface Answer {}

  public record Possible(RerunPreview preview) implements Answer {}

  /** There would be no rerun; the problems say why. */
  public record Impossible(String message, List<String> problems) implements Answer {
    public Impossible {
      problems = List.copyOf(problems);
    }
  }

  public Answer preview(RerunRun rerun) {
    return jdbi.inTransaction(handle -> {
      Optional<Run> found = new RunLoader(handle).run(rerun.runId());
      if (found.isEmpty()) {
        return impossible("there is no run " + rerun.runId());
      }
      Run source = found.get();
      Optional<String> problem = Rerun.problem(source);
      if (problem.isPresent()) {
        return impossible(problem.get());
      }
      return PipelineDefinitions.read(handle, source.header().pipeline())
          .map(definition -> preview(handle, rerun, source, definition))
          .orElseGet(() ->
              impossible("there is no pipeline '" + source.header().pipeline() + "' any more"));
    });
  }

  private Answer preview(Handle handle, RerunRun rerun, Run source, PipelineDefinition definition) {
    return switch (Parameters.resolve(
        definition.parameters(), Rerun.parameters(rerun, source, definition), definition.zone())) {
      case Parameters.Refused(var wrong) ->
          new Impossible(
              "pipeline '%s' cannot be started so".formatted(definition.name()),
              wrong.stream().map(each -> "parameter " + each).toList());
      case Parameters.Resolved(var parameters) ->
          new Possible(preview(handle, rerun, source, RunPlan.of(definition), parameters));
    };
  }

  private RerunPreview preview(
      Handle handle, RerunRun rerun, Run source, RunPlan plan, Map<String, String> parameters) {
    TakeOver takeOver = Rerun.takeOver(handle, branch, rerun, source, plan, parameters);
    return new RerunPreview(
        source.id(),
        plan.definition().name(),
        source.header().logicalDate(),
        takeOver.taken(),
        JsonDifference.between(
            Json.tree(source.plan().definition().canonicalJson()),
            Json.tree(plan.definition().canonicalJson())),
        JsonDifference.between(
            Json.tree((Object) source.header().parameters()), Json.tree((Object) parameters)),
        takeOver.tasks());
  }

  private static Answer impossible(String message) {
    return new Impossible(message, List.of());
  }
}
