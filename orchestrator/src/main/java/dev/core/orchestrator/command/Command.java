package dev.core.orchestrator.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.core.orchestrator.engine.Mark;
import dev.core.orchestrator.engine.Selection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be asked of the leader. The body of a row of {@code execution.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.StartRun.class, name = "start_run"),
  @JsonSubTypes.Type(value = Command.CancelRun.class, name = "cancel_run"),
  @JsonSubTypes.Type(value = Command.ClearTasks.class, name = "clear_tasks"),
  @JsonSubTypes.Type(value = Command.RetryTasks.class, name = "retry_tasks"),
  @JsonSubTypes.Type(value = Command.MarkTasks.class, name = "mark_tasks"),
  @JsonSubTypes.Type(value = Command.RerunRun.class, name = "rerun_run"),
  @JsonSubTypes.Type(value = Command.ReleaseRun.class, name = "release_run"),
  @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
  @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
})
public sealed interface Command {

  /**
   * Start a run of a pipeline.
   *
   * @param trigger {@code manual}, {@code api}, …
   * @param parameters by name; those not given take their defaults
   * @param logicalDate null: the moment at which it is applied
   */
  record StartRun(
      String pipeline,
      String trigger,
      Map<String, String> parameters,
      @Nullable Instant logicalDate)
      implements Command {
    public StartRun {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * Make a new run of the pipeline and logical date of one that has ended, from the configuration
   * as it is now. What that run did and would do the same way again is taken over.
   *
   * @param parameters by name; those not given are as in that run
   * @param everything take nothing over
   */
  record RerunRun(long runId, String trigger, Map<String, String> parameters, boolean everything)
      implements Command {
    public RerunRun {
      parameters = Map.copyOf(parameters);
    }
  }

  /** End a run: nothing new starts, live jobs are ended, and that is confirmed. */
  record CancelRun(long runId, String reason) implements Command {}

  /** Changes what has become of tasks of a run, always with the definition that it sealed. */
  sealed interface OfTasks extends Command {
    long runId();

    Selection tasks();

    /** Why, for the record; may be empty. */
    String reason();
  }

  /** Run these tasks again, whatever has become of them; live ones are closed first. */
  record ClearTasks(long runId, Selection tasks, String reason) implements OfTasks {}

  /** Run those of these tasks again that failed or were cancelled. */
  record RetryTasks(long runId, Selection tasks, String reason) implements OfTasks {}

  /**
   * Let these tasks count as succeeded, failed or skipped; live ones are closed first.
   *
   * @param result what a task marked as succeeded returns to those downstream; null: what it has
   */
  record MarkTasks(long runId, Selection tasks, String reason, Mark as, @Nullable JsonNode result)
      implements OfTasks {}

  /** Take a quarantined run up again. */
  record ReleaseRun(long runId) implements Command {}

  /**
   * Start nothing new of a pipeline; what runs goes on.
   *
   * @param pipeline null: of all pipelines
   * @param reason for the record
   */
  record Pause(@Nullable String pipeline, @Nullable String reason) implements Command {}

  /**
   * End a pause.
   *
   * @param pipeline null: that of all pipelines, which leaves those of single ones
   */
  record Resume(@Nullable String pipeline) implements Command {}
}
