package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.ClearTasks;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code core clear}: runs tasks again, whatever has become of them. */
@Command(
    name = "clear",
    description = {
      "Run tasks of a run again, whatever has become of them, with the definition that it sealed.",
      "Live tasks in the way are closed first. A run that has ended waits for its pipeline's overlap policy again."
    },
    footer = {
      "  core clear 12 --dry-run",
      "  core clear 12 flight_delays_ingest_sql_7 --downstream",
      "  core clear 12 --state metrics --yes --wait"
    })
final class ClearCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = RunArgument.TASK)
  private @Nullable String task;

  @Mixin private CorrectingOptions options = new CorrectingOptions();

  ClearCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return options.correct(context, run, task, (id, tasks, why) -> new ClearTasks(id, tasks, why));
  }
}
