package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.store.Rerun;
import dev.core.orchestrator.store.TakeOver;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes a run of the date of another, from the configuration as it is now. */
final class Rerunning {

  private final Starting starting;
  private final String branch;

  Rerunning(Starting starting, String branch) {
    this.starting = starting;
    this.branch = branch;
  }

  CommandAnswer rerun(Handle handle, Draft draft, Command.RerunRun rerun, String requestedBy) {
    return StoredRuns.with(
        handle, draft, rerun.runId(), source -> rerun(handle, draft, rerun, source, requestedBy));
  }

  private CommandAnswer rerun(
      Handle handle, Draft draft, Command.RerunRun rerun, Run source, String requestedBy) {
    Optional<String> problem = Rerun.problem(source);
    if (problem.isPresent()) {
      return refused(problem.get(), source.id());
    }
    String pipeline = source.header().pipeline();
    Optional<PipelineDefinition> definition = PipelineDefinitions.read(handle, pipeline);
    if (definition.isEmpty()) {
      return refused("there is no pipeline '" + pipeline + "' any more", source.id());
    }
    var start =
        new Command.StartRun(
            pipeline,
            rerun.trigger(),
            Rerun.parameters(rerun, source, definition.get()),
            source.header().logicalDate());
    return switch (starting.make(handle, draft, start, requestedBy)) {
      case Starting.Impossible(_, var problems) ->
          refused(
              "pipeline '%s' cannot run:\n  %s".formatted(pipeline, String.join("\n  ", problems)),
              source.id());
      case Starting.Made(var run) -> {
        TakeOver takeOver =
            Rerun.takeOver(handle, branch, rerun, source, run.plan(), run.header().parameters());
        if (takeOver.taken() > 0 && !draft.apply(run.id(), takeOver.event())) {
          throw new IllegalStateException("run " + run.id() + " was to take tasks over");
        }
        yield applied(
            "run %d of %s takes over %d of %d tasks of run %d"
                .formatted(
                    run.id(), pipeline, takeOver.taken(), takeOver.tasks().size(), source.id()),
            run.id());
      }
    };
  }
}
