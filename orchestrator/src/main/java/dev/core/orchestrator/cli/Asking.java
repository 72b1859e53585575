package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.store.QueuedCommand;
import dev.core.orchestrator.store.RunDetail;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a command into the queue, waits for the leader's answer, and follows the run if asked to.
 * While it waits it sees to it that somebody leads; without {@code wait} that is left to others.
 */
final class Asking implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  private final Context context;
  private final boolean wait;
  private final Leading leading;
  private final EndSignals signals = new EndSignals();
  private RunStatus wanted = RunStatus.SUCCEEDED;
  private @Nullable RunDetail before;

  Asking(Context context, boolean wait) {
    this.context = context;
    this.wait = wait;
    this.leading = new Leading(context);
  }

  /** The status that a followed run should end in, for exit code 0; SUCCEEDED unless it is said. */
  Asking until(RunStatus status) {
    wanted = status;
    return this;
  }

  /** How the run was before it was asked for: what failed then is no news. */
  Asking after(RunDetail run) {
    before = run;
    return this;
  }

  /** What programs are told of a command whose run is not followed. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record Asked(long commandId, String status, String message, @Nullable Long runId) {}

  /** The exit code of the command line. */
  int ask(Command command, String key) throws InterruptedException {
    if (!again(() -> context.runs().leader().alive())) {
      // Nobody of these settings could ever come to it: better told now than queued for ever.
      context.engine().requireMode(context.settings());
    }
    // By its key it is one command, however often it is submitted.
    var queued = again(() -> context.commands().submit(command, key, context.settings().actor()));
    var answer = wait ? answeredSurely(queued) : answeredSoon(queued);
    if (answer.isEmpty()) {
      return unanswered(queued);
    }
    return answered(queued, answer.get());
  }

  private int answered(QueuedCommand queued, CommandAnswer answer) throws InterruptedException {
    var runId = answer.runId();
    if (answer.refused()) {
      throw new Refused(answer.message());
    }
    if (wait && runId != null) {
      return new Following(context, leading, signals).follow(runId, wanted, before);
    }
    context.answer(
        new Asked(queued.id(), "APPLIED", answer.message(), runId),
        () -> {
          context.say(answer.message());
          if (runId != null) {
            context.say("follow it: core show " + runId);
          }
        });
    return ExitCode.DONE;
  }

  /** Empty only if this process is to end before. */
  private Optional<CommandAnswer> answeredSurely(QueuedCommand queued) throws InterruptedException {
    while (true) {
      again(() -> {
        leading.ensure();
        return true;
      });
      var answer = again(() -> context.commands().await(queued.id(), Leading.LOOK));
      if (answer.isPresent() || signals.askedWithin(Duration.ZERO)) {
        return answer;
      }
    }
  }

  /** Empty if nobody leads, or whoever does takes long. */
  private Optional<CommandAnswer> answeredSoon(QueuedCommand queued) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean alive = again(() -> context.runs().leader().alive());
      var answer =
          again(() -> context.commands().await(queued.id(), alive ? Leading.LOOK : Duration.ZERO));
      if (answer.isPresent()
          || !alive
          || signals.askedWithin(Duration.ZERO)
          || System.nanoTime() - deadline >= 0) {
        return answer;
      }
    }
  }

  private interface Work<T> {
    T now() throws InterruptedException;
  }

  /**
   * Until the database does not fail in a way that passes. Whoever serves an embedded one may die;
   * then another does, perhaps this process.
   */
  private static <T> T again(Work<T> work) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return work.now();
      } catch (RuntimeException e) {
        if (TransientFailure.of(e).isEmpty() || System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
      Thread.sleep(AFTER_FAILURE);
    }
  }

  private int unanswered(QueuedCommand queued) {
    var message =
        context.runs().leader().alive()
            ? "queued as command %d; the leader has not come to it yet".formatted(queued.id())
            : "queued as command %d, but nothing leads: start core server, or use --wait to lead here"
                .formatted(queued.id());
    context.answer(new Asked(queued.id(), "PENDING", message, null), () -> context.say(message));
    return ExitCode.DONE;
  }

  @Override
  public void close() {
    try (signals) {
      leading.close();
    }
  }
}
