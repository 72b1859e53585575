package dev.core.orchestrator.cli;

import dev.core.orchestrator.compute.cloud.publish.Leftovers;
import dev.core.orchestrator.compute.cloud.publish.Tidying;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code core tidy}: takes out of the account again what a branch published. */
@Command(
    name = "tidy",
    description = {
      "Remove the job definitions and the image that core publish made for the branch CORE_BRANCH.",
      "In dev only, and never those of main. Jobs that run go on; what a run of the branch would still"
          + " submit is refused by AWS Batch."
    },
    footer = {"  CORE_BRANCH=try-it core tidy --dry-run", "  CORE_BRANCH=try-it core tidy --yes"})
final class TidyCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private Dialog dialog;

  @SuppressWarnings("NullAway.Init") // picocli makes the mixin
  TidyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    dialog.requireAnswerable(context);
    try (Tidying tidying = context.engine().tidying(context.settings(), context.startDirectory())) {
      Leftovers leftovers = tidying.leftovers();
      if (!context.json()) {
        show(leftovers);
      }
      if (!dialog.dryRun() && !leftovers.isEmpty()) {
        if (!dialog.agreed(context)) {
          context.say("nothing was removed");
          return ExitCode.REFUSED;
        }
        tidying.remove();
      }
      context.answer(
          leftovers,
          () -> {
            if (!dialog.dryRun() && !leftovers.isEmpty()) {
              context.say("removed");
            }
          });
      return ExitCode.DONE;
    }
  }

  private void show(Leftovers leftovers) {
    if (leftovers.isEmpty()) {
      context.say(
          "branch '%s' has nothing in account %s"
              .formatted(context.settings().branch(), leftovers.account()));
    }
    leftovers.definitions().forEach(each -> context.say("job definition  " + each));
    leftovers.images().forEach(each -> context.say("image           " + each));
  }
}
