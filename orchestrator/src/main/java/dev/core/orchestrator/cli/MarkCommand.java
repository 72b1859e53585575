package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.orchestrator.command.Command.MarkTasks;
import dev.core.orchestrator.engine.Mark;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core mark}: lets tasks count as what they are known to be. */
@Command(
    name = "mark",
    description = {
      "Let tasks of a run count as succeeded, failed or skipped, whatever has become of them.",
      "Live ones are closed first. It writes no dataset: what is downstream reads the newest one there is."
    },
    footer = {
      "  core mark skipped 12 flight_delays_metrics_sql_9 --reason 'nobody reads it'",
      "  core mark succeeded 12 flight_delays_raw_shell_3 --result '{\"rows\": 20000}'",
      "  core mark failed 12 --state metrics --yes"
    })
final class MarkCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "STATUS", description = "succeeded, failed or skipped.")
  private Mark as = Mark.SUCCEEDED;

  @Parameters(index = "1", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "TASK", description = RunArgument.TASK)
  private @Nullable String task;

  @Option(
      names = "--result",
      paramLabel = "JSON",
      converter = JsonValue.class,
      description =
          "What a task marked succeeded returns to those downstream ($${task.KEY.result.x}).")
  private @Nullable JsonNode result;

  @Mixin private CorrectingOptions options = new CorrectingOptions();

  MarkCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return options.correct(
        context, run, task, (id, tasks, why) -> new MarkTasks(id, tasks, why, as, result));
  }
}
