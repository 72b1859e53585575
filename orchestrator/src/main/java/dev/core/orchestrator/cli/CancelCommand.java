package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.CancelRun;
import dev.core.orchestrator.engine.RunStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core cancel}: ends a run. */
@Command(
    name = "cancel",
    description = "Cancel a run: nothing new starts, and what runs is ended.",
    footer = {"  core cancel 12", "  core cancel 12 --reason 'wrong year' --wait"})
final class CancelCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "asked for";

  @Option(
      names = {"-w", "--wait"},
      description =
          "Wait until the end of every job is confirmed; exit code 1 unless it is cancelled.")
  private boolean wait;

  @Mixin private KeyOption key = new KeyOption();

  CancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    var detail = RunArgument.detail(context, run);
    if (detail.summary().status().terminal()) {
      throw new Refused(
          "run %d has already ended: %s"
              .formatted(detail.summary().runId(), detail.summary().status()));
    }
    try (var asking = new Asking(context, wait)) {
      return asking
          .until(RunStatus.CANCELLED)
          .after(detail)
          .ask(new CancelRun(detail.summary().runId(), reason), key.or(context::newKey));
    }
  }
}
