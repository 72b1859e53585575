package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.Resume;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code core resume}: ends a pause. */
@Command(
    name = "resume",
    description = {
      "Let a paused pipeline go on.",
      "--all ends the pause of every pipeline; those that were paused by name stay so."
    },
    footer = {"  core resume flight_delays", "  core resume --all"})
final class ResumeCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private ScopeArgument scope = new ScopeArgument();
  @Mixin private KeyOption key = new KeyOption();

  ResumeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    try (var asking = new Asking(context, false)) {
      return asking.ask(new Resume(scope.pipeline()), key.or(context::newKey));
    }
  }
}
