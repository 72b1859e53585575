package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.store.CorrectionQueries;
import dev.core.orchestrator.store.RunDetail;

/** Shows what a command about tasks will do, asks whether it should, and has it done. */
final class Correcting {

  private final Context context;
  private final Dialog dialog;

  Correcting(Context context, Dialog dialog) {
    this.context = context;
    this.dialog = dialog;
  }

  /** Gives the exit code. */
  int correct(RunDetail run, Command.OfTasks command, KeyOption key, boolean wait)
      throws InterruptedException {
    var preview =
        switch (context.corrections().preview(command, context.settings().actor())) {
          case CorrectionQueries.Impossible(var message) -> throw new Refused(message);
          case CorrectionQueries.Possible(var possible) -> possible;
        };
    var view = new CorrectionView(context);
    if (dialog.dryRun()) {
      context.answer(preview, () -> view.show(preview));
      return ExitCode.DONE;
    }
    view.show(preview);
    if (!dialog.agreed(context)) {
      throw new Refused("nothing was done");
    }
    try (var asking = new Asking(context, wait)) {
      // Whoever marks the last task as failed wants a failed run.
      var wanted = preview.after().terminal() ? preview.after() : RunStatus.SUCCEEDED;
      return asking.until(wanted).after(run).ask(command, key.or(context::newKey));
    }
  }
}
