package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.variables.Parameters;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunHeader;
import dev.core.orchestrator.engine.RunPlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Commands that make runs, from the configuration as it is now. */
final class Starting {

  private final StartCheck check;

  Starting(StartCheck check) {
    this.check = check;
  }

  CommandAnswer start(Handle handle, Draft draft, Command.StartRun start, String requestedBy) {
    Optional<PipelineDefinition> found = PipelineDefinitions.read(handle, start.pipeline());
    if (found.isEmpty()) {
      return refused("there is no pipeline '" + start.pipeline() + "'", null);
    }
    PipelineDefinition definition = found.get();
    var resolution =
        Parameters.resolve(definition.parameters(), start.parameters(), definition.zone());
    return switch (resolution) {
      case Parameters.Refused(var wrong) -> {
        var problems =
            new ArrayList<>(wrong.stream().map(problem -> "parameter " + problem).toList());
        problems.addAll(check.problems(handle, definition.name(), Map.of()));
        yield cannotRun(definition, problems);
      }
      case Parameters.Resolved(var parameters) -> {
        List<String> problems = check.problems(handle, definition.name(), parameters);
        yield problems.isEmpty()
            ? start(handle, draft, start, requestedBy, definition, parameters)
            : cannotRun(definition, problems);
      }
    };
  }

  private static CommandAnswer cannotRun(PipelineDefinition definition, List<String> problems) {
    return refused(
        "pipeline '%s' cannot run:\n  %s"
            .formatted(definition.name(), String.join("\n  ", problems)),
        null);
  }

  private static CommandAnswer start(
      Handle handle,
      Draft draft,
      Command.StartRun start,
      String requestedBy,
      PipelineDefinition definition,
      Map<String, String> parameters) {
    RunPlan plan = RunPlan.of(definition);
    if (plan.dag().nodes().isEmpty()) {
      return refused("pipeline '" + definition.name() + "' has no transformations", null);
    }
    Instant logicalDate =
        (start.logicalDate() == null ? draft.now() : start.logicalDate())
            .truncatedTo(ChronoUnit.MICROS);
    var header =
        new RunHeader(
            draft.ids().run(),
            definition.name(),
            definition.client(),
            definition.brand(),
            start.trigger(),
            requestedBy,
            logicalDate,
            rerunNumber(handle, draft, definition.name(), logicalDate),
            parameters,
            definition.priority(),
            draft.now());
    draft.add(Run.queued(header, plan));
    return applied("run %d of %s".formatted(header.id(), definition.name()), header.id());
  }

  /** Unique for a pipeline and logical date: the next one after all stored and added runs. */
  private static int rerunNumber(Handle handle, Draft draft, String pipeline, Instant logicalDate) {
    int stored =
        handle
            .createQuery(
                """
                select coalesce(max(rerun_number) + 1, 0) from execution.runs
                where pipeline = :pipeline and logical_date = :date
                """)
            .bind("pipeline", pipeline)
            .bind("date", logicalDate.atOffset(ZoneOffset.UTC))
            .mapTo(Integer.class)
            .one();
    int drafted =
        draft.added().stream()
            .map(Run::header)
            .filter(header -> header.pipeline().equals(pipeline))
            .filter(header -> header.logicalDate().equals(logicalDate))
            .mapToInt(header -> header.rerunNumber() + 1)
            .max()
            .orElse(0);
    return Math.max(stored, drafted);
  }
}
