package dev.core.orchestrator.engine.loop;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.common.variables.Parameters;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunHeader;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.store.PendingCommand;
import dev.core.orchestrator.store.RunLoader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Applies commands to a draft. Each gets an answer, in the same transaction that carries its
 * changes; a refused one changes nothing.
 */
final class CommandDesk {

  private final StartCheck check;

  CommandDesk(StartCheck check) {
    this.check = check;
  }

  void apply(Handle handle, Draft draft, PendingCommand pending) {
    draft.answer(pending.id(), answer(handle, draft, pending));
  }

  private CommandAnswer answer(Handle handle, Draft draft, PendingCommand pending) {
    Command command;
    try {
      command = Json.read(pending.body(), Command.class);
    } catch (Json.MalformedJson e) {
      return refused("the command cannot be read: " + e.getMessage(), null);
    }
    return switch (command) {
      case Command.StartRun start -> start(handle, draft, start, pending.requestedBy());
      case Command.CancelRun cancel -> cancel(handle, draft, cancel, pending.requestedBy());
      case Command.RetryRun retry -> retry(handle, draft, retry, pending.requestedBy());
      case Command.ReleaseRun release -> release(handle, draft, release);
    };
  }

  private CommandAnswer start(
      Handle handle, Draft draft, Command.StartRun start, String requestedBy) {
    Optional<PipelineDefinition> found = PipelineDefinitions.read(handle, start.pipeline());
    if (found.isEmpty()) {
      return refused("there is no pipeline '" + start.pipeline() + "'", null);
    }
    PipelineDefinition definition = found.get();
    var resolution =
        Parameters.resolve(
            definition.parameters(), start.parameters(), ZoneId.of(definition.timeZone()));
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

  /** Unique for a pipeline and logical date: the next one after all stored and drafted runs. */
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
        draft.runs().stream()
            .map(Run::header)
            .filter(header -> header.pipeline().equals(pipeline))
            .filter(header -> header.logicalDate().equals(logicalDate))
            .mapToInt(header -> header.rerunNumber() + 1)
            .max()
            .orElse(0);
    return Math.max(stored, drafted);
  }

  private static CommandAnswer cancel(
      Handle handle, Draft draft, Command.CancelRun cancel, String requestedBy) {
    Run run = find(handle, draft, cancel.runId());
    if (run == null) {
      return noRun(cancel.runId());
    }
    if (isQuarantined(handle, run.id())) {
      return quarantined(run.id());
    }
    if (run.status().terminal()) {
      return refused("run " + run.id() + " has already ended: " + run.status(), run.id());
    }
    if (run.status() == RunStatus.CANCELLING) {
      return applied("run " + run.id() + " is already being cancelled", run.id());
    }
    boolean _ = draft.apply(run.id(), new Event.CancelAsked(requestedBy, cancel.reason()));
    return applied("run " + run.id() + " is being cancelled", run.id());
  }

  private static CommandAnswer retry(
      Handle handle, Draft draft, Command.RetryRun retry, String requestedBy) {
    Run run = find(handle, draft, retry.runId());
    if (run == null) {
      return noRun(retry.runId());
    }
    if (isQuarantined(handle, run.id())) {
      return quarantined(run.id());
    }
    Integer task = null;
    if (retry.taskKey() != null) {
      task = run.plan().indexes().get(retry.taskKey());
      if (task == null) {
        return refused("run %d has no task '%s'".formatted(run.id(), retry.taskKey()), run.id());
      }
    }
    if (draft.apply(run.id(), new Event.RetryAsked(requestedBy, task))) {
      return applied("run " + run.id() + " is taken up again", run.id());
    }
    return refused(
        task == null
            ? "run %d is %s and has no failed or cancelled task to retry"
                .formatted(run.id(), run.status())
            : "task '%s' of run %d is %s; only failed and cancelled tasks are retried, when all before them have passed"
                .formatted(retry.taskKey(), run.id(), run.tasks().get(task).status()),
        run.id());
  }

  private static CommandAnswer release(Handle handle, Draft draft, Command.ReleaseRun release) {
    Run run = find(handle, draft, release.runId());
    if (run == null) {
      return noRun(release.runId());
    }
    if (!isQuarantined(handle, release.runId())) {
      return refused("run " + release.runId() + " is not quarantined", run.id());
    }
    draft.release(run);
    return applied("run " + release.runId() + " is taken up again", run.id());
  }

  /** A run in memory, or one that has ended or is quarantined and is taken up from its rows. */
  private static @Nullable Run find(Handle handle, Draft draft, long id) {
    Run known = draft.run(id);
    if (known != null) {
      return known;
    }
    Optional<Run> stored = new RunLoader(handle).run(id);
    stored.filter(_ -> !isQuarantined(handle, id)).ifPresent(draft::adopt);
    return stored.orElse(null);
  }

  private static boolean isQuarantined(Handle handle, long id) {
    return handle
        .createQuery(
            "select count(*) from execution.runs where id = :id and quarantined_at is not null")
        .bind("id", id)
        .mapTo(Integer.class)
        .one()
        .equals(1);
  }

  private static CommandAnswer quarantined(long id) {
    return refused(
        "run %d is quarantined; see `core why %d`, then `core release %d`".formatted(id, id, id),
        id);
  }

  private static CommandAnswer noRun(long id) {
    return refused("there is no run " + id, null);
  }

  private static CommandAnswer refused(String message, @Nullable Long runId) {
    return new CommandAnswer(true, message, runId);
  }

  private static CommandAnswer applied(String message, Long runId) {
    return new CommandAnswer(false, message, runId);
  }
}
