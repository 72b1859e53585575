package dev.core.orchestrator.engine.loop;

import static dev.core.orchestrator.command.CommandAnswer.refused;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.store.Timetables;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Commands that hold pipelines up, and let them go on. */
final class Pausing {

  private static final int LONGEST_REASON = 2_000;

  private final Pauses pauses;

  Pausing(Pauses pauses) {
    this.pauses = pauses;
  }

  CommandAnswer pause(Handle handle, Draft draft, Command.Pause command, String by) {
    String pipeline = command.pipeline();
    String scope = pipeline == null ? Pause.ALL : pipeline;
    var known = pauses.of(draft, scope);
    if (known.isPresent()) {
      return applied(
          "%s is paused already, since %s, %s"
              .formatted(name(pipeline), known.get().since(), known.get().told()));
    }
    if (pipeline != null && !Timetables.exists(handle, pipeline)) {
      return refused("there is no pipeline '" + pipeline + "'", null);
    }
    String reason = command.reason();
    if (reason != null && reason.length() > LONGEST_REASON) {
      return refused(
          "the reason has %d characters; allowed: %d".formatted(reason.length(), LONGEST_REASON),
          null);
    }
    draft.pause(new Pause(scope, draft.now(), by, reason));
    return applied(name(pipeline) + " is paused; what runs goes on");
  }

  CommandAnswer resume(Draft draft, Command.Resume command) {
    String pipeline = command.pipeline();
    String scope = pipeline == null ? Pause.ALL : pipeline;
    if (pauses.of(draft, scope).isEmpty()) {
      return refused(name(pipeline) + " is not paused", null);
    }
    draft.resume(scope);
    return applied(
        name(pipeline)
            + " goes on"
            + (pipeline != null && pauses.of(draft, Pause.ALL).isPresent()
                ? " when all pipelines do, which are paused, too"
                : ""));
  }

  private static CommandAnswer applied(String message) {
    return new CommandAnswer(false, message, null);
  }

  private static String name(@Nullable String pipeline) {
    return pipeline == null ? "every pipeline" : "pipeline '" + pipeline + "'";
  }
}
