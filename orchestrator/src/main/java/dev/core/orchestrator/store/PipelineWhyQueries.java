package dev.core.orchestrator.store;

import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.definition.SizeRule;
import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.store.PipelineExplanation.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a pipeline has no run that goes on, from the configuration and the rows: it works
 * also while nobody leads. Thread-safe.
 */
public final class PipelineWhyQueries {

  private final Jdbi jdbi;
  private final SizeRule sizes;

  /**
   * @param sizes that the backend knows
   */
  public PipelineWhyQueries(Jdbi jdbi, SizeRule sizes) {
    this.jdbi = jdbi;
    this.sizes = sizes;
  }

  private record Configured(
      String name, boolean active, @Nullable String frequency, Instant editedAt) {}

  /** Empty if there is no such pipeline. */
  public Optional<PipelineExplanation> explain(String pipeline) {
    return jdbi.withHandle(
        handle -> configured(handle, pipeline).map(found -> explain(handle, found)));
  }

  private static Optional<Configured> configured(Handle handle, String pipeline) {
    return handle
        .createQuery(
            """
            select name, is_active, run_frequency, updated_at from configuration.pipelines
            where name = :name
            """)
        .bind("name", pipeline)
        .map((row, _) ->
            new Configured(
                row.getString("name"),
                row.getBoolean("is_active"),
                row.getString("run_frequency"),
                Columns.requiredInstant(row, "updated_at")))
        .findOne();
  }

  private PipelineExplanation explain(Handle handle, Configured pipeline) {
    var run = unfinished(handle, pipeline.name());
    if (run.isPresent()) {
      return run.get();
    }
    var start = "`core run " + pipeline.name() + "` starts one";
    if (!pipeline.active() && pipeline.frequency() != null) {
      return new PipelineExplanation(
          pipeline.name(),
          Cause.INACTIVE,
          "the pipeline is not active",
          "pipelines.is_active is set to true; or " + start,
          pipeline.editedAt(),
          null);
    }
    var problems =
        ConfigurationValidation.errorsOfPipeline(handle, pipeline.name(), Map.of(), sizes);
    if (!problems.isEmpty()) {
      return new PipelineExplanation(
          pipeline.name(),
          Cause.INVALID,
          "its configuration has %d %s: %s"
              .formatted(
                  problems.size(),
                  problems.size() == 1 ? "problem" : "problems",
                  problems.getFirst()),
          "`core validate " + pipeline.name() + "` lists them; a correction counts at once",
          null,
          null);
    }
    Pause pause = PauseRows.of(PauseRows.read(handle), pipeline.name()).orElse(null);
    if (pause != null) {
      return new PipelineExplanation(
          pipeline.name(),
          Cause.PAUSED,
          (pause.isOfAll() ? "every pipeline is paused " : "the pipeline is paused ")
              + pause.told(),
          "`core resume " + (pause.isOfAll() ? "--all" : pause.scope()) + "`",
          pause.since(),
          null);
    }
    if (pipeline.frequency() == null) {
      return new PipelineExplanation(
          pipeline.name(),
          Cause.BY_HAND,
          "it has no frequency: its runs are started by hand",
          start + "; pipelines.run_frequency gives it a schedule",
          pipeline.editedAt(),
          null);
    }
    var leader = Leadership.read(handle);
    return leader.alive()
        ? scheduled(pipeline, start)
        : new PipelineExplanation(
            pipeline.name(),
            Cause.NO_LEADER,
            "no orchestrator leads, so no schedule is looked at",
            "start one: `core server`; or `core run %s --wait`".formatted(pipeline.name()),
            leader.expiresAt(),
            null);
  }

  private PipelineExplanation scheduled(Configured pipeline, String start) {
    var summary = new ScheduleQueries(jdbi).find(pipeline.name(), 1).orElseThrow().summary();
    var next = summary.nextDate();
    return switch (summary.status()) {
      case BEHIND, BLOCKED, PAUSED, INACTIVE ->
          new PipelineExplanation(
              pipeline.name(),
              Cause.DUE,
              "a date of its schedule has come"
                  + (summary.explanation() == null ? "" : ": " + summary.explanation()),
              "nothing is to be done, or what is said; or " + start,
              null,
              null);
      case ON_TIME ->
          next == null
              ? new PipelineExplanation(
                  pipeline.name(),
                  Cause.NO_DATE,
                  "its schedule (%s) has no further date".formatted(pipeline.frequency()),
                  "pipelines.run_frequency is changed; or " + start,
                  pipeline.editedAt(),
                  null)
              : new PipelineExplanation(
                  pipeline.name(),
                  Cause.NOT_DUE,
                  "its next date is %s (%s)".formatted(next.logicalDate(), pipeline.frequency()),
                  "the time comes; or " + start,
                  null,
                  null);
    };
  }

  private static Optional<PipelineExplanation> unfinished(Handle handle, String pipeline) {
    List<PipelineExplanation> found =
        handle
            .createQuery(
                """
                select id, status, created_at from execution.runs
                where pipeline = :pipeline and status in ('QUEUED', 'RUNNING', 'CANCELLING')
                order by id limit 1
                """)
            .bind("pipeline", pipeline)
            .map((row, _) ->
                new PipelineExplanation(
                    pipeline,
                    Cause.UNFINISHED_RUN,
                    "run %d is %s".formatted(row.getLong("id"), row.getString("status")),
                    "`core why %d` says what it waits for".formatted(row.getLong("id")),
                    Columns.requiredInstant(row, "created_at"),
                    row.getLong("id")))
            .list();
    return found.stream().findFirst();
  }
}
