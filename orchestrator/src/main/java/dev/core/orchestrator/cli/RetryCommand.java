package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.RetryTasks;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code core retry}: gives what failed another chance. */
@Command(
    name = "retry",
    description = {
      "Run the failed and cancelled tasks of a run again, with the definition that it sealed.",
      "A run that has ended waits for its pipeline's overlap policy again."
    },
    footer = {
      "  core retry 12 --yes --wait",
      "  core retry 12 flight_delays_ingest_sql_7 --dry-run"
    })
final class RetryCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = RunArgument.TASK)
  private @Nullable String task;

  @Mixin private CorrectingOptions options = new CorrectingOptions();

  RetryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return options.correct(context, run, task, (id, tasks, why) -> new RetryTasks(id, tasks, why));
  }
}
