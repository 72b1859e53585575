package dev.core.orchestrator.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.store.CommandQueue;
import dev.core.orchestrator.store.QueuedCommand;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the commands of requests into the queue and answers with what the leader says. */
public final class Commanding {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final Queries queries;
  private final Supplier<String> keys;

  /**
   * @param keys gives idempotency keys that were never used before, for requests without one
   */
  public Commanding(Queries queries, Supplier<String> keys) {
    this.queries = queries;
    this.keys = keys;
  }

  /** How a command stands. */
  @JsonNaming(SnakeCaseStrategy.class)
  record CommandStatus(
      long commandId, String status, @Nullable String message, @Nullable Long runId) {

    static CommandStatus of(QueuedCommand command) {
      var answer = command.answer();
      return answer == null
          ? new CommandStatus(command.id(), "PENDING", "the leader has not come to it yet", null)
          : new CommandStatus(
              command.id(),
              answer.refused() ? "REFUSED" : "APPLIED",
              answer.message(),
              answer.runId());
    }
  }

  /**
   * Answers with the run that the command made or acted on.
   *
   * @param done status of the answer once the leader has applied it; before, it is 202
   */
  void run(Context request, Command command, int done) throws InterruptedException {
    var queued = submit(command, key(request), by(request));
    var answer = answer(queued);
    if (answer.isEmpty()) {
      request.header("Location", "/api/commands/" + queued.id());
      HealthRoutes.answer(request, 202, CommandStatus.of(queued));
      return;
    }
    if (answer.get().refused()) {
      throw Problem.ofLines(409, "Refused", answer.get().message()).refusal();
    }
    var runId = answer.get().runId();
    if (runId == null) {
      HealthRoutes.answer(
          request, done, new CommandStatus(queued.id(), "APPLIED", answer.get().message(), null));
      return;
    }
    request.header("Location", "/api/runs/" + runId);
    HealthRoutes.answer(request, done, queries.runs().summary(runId).orElseThrow());
  }

  /** Who asks. */
  static String by(Context request) {
    return "api from " + request.ip();
  }

  private QueuedCommand submit(Command command, String key, String by) {
    try {
      return queries.commands().submit(command, key, by);
    } catch (CommandQueue.KeyReused e) {
      throw Problem.of(422, "Idempotency key reused", String.valueOf(e.getMessage())).refusal();
    }
  }

  /** Waits for a leader that lives; nobody is kept waiting for one that does not. */
  private Optional<CommandAnswer> answer(QueuedCommand queued) throws InterruptedException {
    var answered = queued.answer();
    if (answered != null) {
      return Optional.of(answered);
    }
    var patience = queries.runs().leader().alive() ? PATIENCE : Duration.ZERO;
    return queries.commands().await(queued.id(), patience);
  }

  private String key(Context request) {
    var key = request.header("Idempotency-Key");
    if (key == null) {
      return keys.get();
    }
    if (!KEY.matcher(key).matches()) {
      throw Problem.badRequest(
              "Idempotency-Key must be 1 to 200 visible ASCII characters without spaces")
          .refusal();
    }
    return key;
  }
}
