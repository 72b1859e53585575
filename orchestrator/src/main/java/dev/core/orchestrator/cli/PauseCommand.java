package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.Pause;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code core pause}: holds a pipeline up. */
@Command(
    name = "pause",
    description = {
      "Pause a pipeline: no run of it starts and nothing new is submitted; what runs goes on.",
      "Dates that come meanwhile are run at core resume: all when the pipeline catches up, else the"
          + " newest."
    },
    footer = {"  core pause flight_delays --reason 'the source is late'", "  core pause --all"})
final class PauseCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ScopeArgument scope = new ScopeArgument();
  @Mixin private ReasonOption reason = new ReasonOption();
  @Mixin private KeyOption key = new KeyOption();

  PauseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    var pipeline = scope.pipeline();
    var name = pipeline == null ? null : context.definition(pipeline).name();
    try (var asking = new Asking(context, false)) {
      return asking.ask(
          new Pause(name, reason.text().isBlank() ? null : reason.text()), key.or(context::newKey));
    }
  }
}
