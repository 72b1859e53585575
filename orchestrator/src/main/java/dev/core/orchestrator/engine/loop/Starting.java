package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.applied;
import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.variables.Parameters;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.command.LogicalDates;
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

/** Makes runs, from the configuration as it is now: for commands, and for triggers. */
final class Starting {

  private final StartCheck check;

  Starting(StartCheck check) {
    this.check = check;
  }

  /** What became of it. */
  sealed interface Result {}

  /** The run is in the draft. */
  record Made(Run run) implements Result {}

  /** The draft is as it was. */
  record Impossible(String pipeline, List<String> problems) implements Result {}

  CommandAnswer start(Handle handle, Draft draft, Command.StartRun start, String requestedBy) {
    return switch (make(handle, draft, start, requestedBy)) {
      case Made(var run) ->
          applied("run %d of %s".formatted(run.id(), run.header().pipeline()), run.id());
      case Impossible(var pipeline, var problems) when problems.isEmpty() ->
          refused("there is no pipeline '" + pipeline + "'", null);
      case Impossible(var pipeline, var problems) ->
          refused(
              "pipeline '%s' cannot run:\n  %s".formatted(pipeline, String.join("\n  ", problems)),
              null);
    };
  }

  /** Impossible without a problem means that there is no such pipeline. */
  Result make(Handle handle, Draft draft, Command.StartRun start, String requestedBy) {
    Optional<PipelineDefinition> found = PipelineDefinitions.read(handle, start.pipeline());
    if (found.isEmpty()) {
      return new Impossible(start.pipeline(), List.of());
    }
    PipelineDefinition definition = found.get();
    var problems = new ArrayList<String>();
    Map<String, String> parameters =
        switch (Parameters.resolve(
            definition.parameters(), start.parameters(), definition.zone())) {
          case Parameters.Refused(var wrong) -> {
            wrong.forEach(problem -> problems.add("parameter " + problem));
            yield Map.of();
          }
          case Parameters.Resolved(var values) -> values;
        };
    if (start.logicalDate() != null) {
      LogicalDates.problem(start.logicalDate()).ifPresent(problems::add);
    }
    problems.addAll(check.problems(handle, definition.name(), parameters));
    if (!problems.isEmpty()) {
      return new Impossible(definition.name(), problems.stream().distinct().toList());
    }
    RunPlan plan = RunPlan.of(definition);
    return plan.dag().nodes().isEmpty()
        ? new Impossible(definition.name(), List.of("it has no transformations"))
        : new Made(run(handle, draft, start, requestedBy, plan, parameters));
  }

  private static Run run(
      Handle handle,
      Draft draft,
      Command.StartRun start,
      String requestedBy,
      RunPlan plan,
      Map<String, String> parameters) {
    PipelineDefinition definition = plan.definition();
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
            draft.now(),
            draft.retryPolicy());
    Run run = Run.queued(header, plan);
    draft.add(run);
    return run;
  }

  /** Unique for a pipeline and logical date: the next one after all stored and added runs. */
  static int rerunNumber(Handle handle, Draft draft, String pipeline, Instant logicalDate) {
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
