package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.RetryRun;
import dev.core.orchestrator.engine.RunStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core retry}: gives what failed another chance. */
@Command(
    name = "retry",
    description =
        "Run the failed and cancelled tasks of a run again, with the definition that it sealed.",
    footer = {"  core retry 12 --wait", "  core retry 12 flight_delays_ingest_sql_7"})
final class RetryCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TASK",
      description = "Only this task and what is downstream of it. " + RunArgument.TASK)
  private @Nullable String task;

  @Option(
      names = {"-w", "--wait"},
      description = "Follow the run to its end.")
  private boolean wait;

  @Mixin private KeyOption key = new KeyOption();

  RetryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    var detail = RunArgument.detail(context, run);
    var status = detail.summary().status();
    if (status == RunStatus.SUCCEEDED || status == RunStatus.SKIPPED) {
      throw new Refused(
          "run %d is %s and has no failed or cancelled task to retry"
              .formatted(detail.summary().runId(), status));
    }
    var taskKey = task == null ? null : RunArgument.task(detail, task).key();
    try (var asking = new Asking(context, wait)) {
      return asking
          .after(detail)
          .ask(new RetryRun(detail.summary().runId(), taskKey), key.or(context::newKey));
    }
  }
}
