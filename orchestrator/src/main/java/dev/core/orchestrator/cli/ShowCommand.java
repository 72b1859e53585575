package dev.core.orchestrator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code core show}: one run. */
@OnlyReads
@Command(
    name = "show",
    description = "Show a run with its tasks.",
    footer = {"  core show 12", "  core show flight_delays", "  core show 12 --json | jq .status"})
final class ShowCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  ShowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new RunView(context).show(RunArgument.detail(context, run));
  }
}
