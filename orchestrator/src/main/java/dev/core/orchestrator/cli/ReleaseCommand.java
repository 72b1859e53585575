package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.ReleaseRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code core release}: ends a quarantine. */
@Command(
    name = "release",
    description = "Take up a run again that the leader quarantined because it could not record it.",
    footer = {"  core release 12"})
final class ReleaseCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Mixin private KeyOption key = new KeyOption();

  ReleaseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    var id = RunArgument.id(context, run);
    try (var asking = new Asking(context, false)) {
      return asking.ask(new ReleaseRun(id), key.or(context::newKey));
    }
  }
}
