package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.Selection;
import dev.core.orchestrator.store.RunDetail;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which tasks of its run a command is about: one, a state, either with downstream, or all. */
final class TasksArgument {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--state", paramLabel = "STATE", description = "All tasks of this state.")
  private @Nullable String state;

  @Option(
      names = "--downstream",
      description = "And every wave after it, since a wave waits for all before it.")
  private boolean downstream;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  TasksArgument() {}

  /**
   * @param task a key, or a part of one; null: none is named
   */
  Selection of(RunDetail run, @Nullable String task) {
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
