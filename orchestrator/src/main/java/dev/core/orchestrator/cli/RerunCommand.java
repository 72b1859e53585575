package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command.RerunRun;
import dev.core.orchestrator.store.RerunPreview;
import dev.core.orchestrator.store.RerunQueries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code core rerun}: a new run of the date of another, with the configuration as it is now. */
@Command(
    name = "rerun",
    description = {
      "Run the date of a run that has ended again, from the configuration as it is now.",
      "Tasks that would do the same again are taken over with their datasets; what changed runs, and what is downstream of it."
    },
    footer = {
      "  core rerun 12 --dry-run",
      "  core rerun flight_delays --yes --wait",
      "  core rerun 12 --param year=2008 --yes"
    })
final class RerunCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private String run = "";

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "Another parameter than that run had; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--all", description = "Run every task; take nothing over.")
  private boolean all;

  @Mixin private Dialog dialog = new Dialog();

  @Option(
      names = {"-w", "--wait"},
      description = "Follow the new run to its end.")
  private boolean wait;

  @Mixin private KeyOption key = new KeyOption();

  RerunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    dialog.requireAnswerable(context);
    var command = new RerunRun(RunArgument.id(context, run), "manual", parameters, all);
    var preview = preview(command);
    var view = new RerunView(context);
    if (dialog.dryRun()) {
      context.answer(preview, () -> view.show(preview));
      return ExitCode.DONE;
    }
    view.show(preview);
    if (preview.taken() == preview.tasks().size()) {
      throw new Refused(
          "nothing has changed since run %d; --all runs everything".formatted(preview.runId()));
    }
    if (!dialog.agreed(context)) {
      throw new Refused("nothing was done");
    }
    try (var asking = new Asking(context, wait)) {
      return asking.ask(command, key.or(context::newKey));
    }
  }

  private RerunPreview preview(RerunRun command) {
    return switch (context.reruns().preview(command)) {
      case RerunQueries.Impossible(var message, var problems) ->
          throw problems.isEmpty()
              ? new Refused(message)
              : Refused.because(message + ":", problems);
      case RerunQueries.Possible(var preview) -> preview;
    };
  }
}
