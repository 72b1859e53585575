package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Selection;
import dev.core.orchestrator.store.RunDetail;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What every command says that changes what has become of tasks: which tasks of its run it is about
 * (one, a state, either with downstream, or all), why, whether to ask, and whether to follow.
 */
final class CorrectingOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--state", paramLabel = "STATE", description = "All tasks of this state.")
  private @Nullable String state;

  @Option(
      names = "--downstream",
      description = "And every wave after it, since a wave waits for all before it.")
  private boolean downstream;

  @Mixin private ReasonOption reason = new ReasonOption();

  @Mixin private Dialog dialog = new Dialog();

  @Option(
      names = {"-w", "--wait"},
      description = "Follow the run to its end.")
  private boolean wait;

  @Mixin private KeyOption key = new KeyOption();

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  CorrectingOptions() {}

  /** Makes the command of what was said. */
  interface Asked {
    Command.OfTasks command(long run, Selection tasks, String reason);
  }

  /**
   * Shows what would happen, asks, and has it done.
   *
   * @param task a key, or a part of one; null: none is named
   * @return the exit code
   */
  int correct(Context context, String run, @Nullable String task, Asked asked)
      throws InterruptedException {
    dialog.requireAnswerable(context);
    var detail = RunArgument.detail(context, run);
    var command = asked.command(detail.summary().runId(), selection(detail, task), reason.text());
    return new Correcting(context, dialog).correct(detail, command, key, wait);
  }

  private Selection selection(RunDetail run, @Nullable String task) {
    if (task != null && state != null) {
      throw usage("name a task or a --state, not both");
    }
    if (task != null) {
      return new Selection.OfTask(RunArgument.task(run, task).key(), downstream);
    }
    if (state != null) {
      return new Selection.OfState(state, downstream);
    }
    if (downstream) {
      throw usage("--downstream of what? name a task or a --state");
    }
    return new Selection.Everything();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
