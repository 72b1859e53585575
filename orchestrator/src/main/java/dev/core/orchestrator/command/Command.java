package dev.core.orchestrator.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be asked of the leader. The body of a row of {@code execution.commands}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.StartRun.class, name = "start_run"),
  @JsonSubTypes.Type(value = Command.CancelRun.class, name = "cancel_run"),
  @JsonSubTypes.Type(value = Command.RetryRun.class, name = "retry_run"),
  @JsonSubTypes.Type(value = Command.ReleaseRun.class, name = "release_run"),
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

  /** End a run: nothing new starts, live jobs are ended, and that is confirmed. */
  record CancelRun(long runId, String reason) implements Command {}

  /**
   * Give the failed and cancelled tasks of a run new attempts, and what waits on them its chance,
   * with the sealed definition.
   *
   * @param taskKey only this task and what is downstream of it; null: all of them
   */
  record RetryRun(long runId, @Nullable String taskKey) implements Command {}

  /** Take a quarantined run up again. */
  record ReleaseRun(long runId) implements Command {}
}
