package dev.core.orchestrator.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One pipeline, or {@code --all}. */
final class ScopeArgument {

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Choice choice = new Choice();

  static final class Choice {
    @Parameters(paramLabel = "PIPELINE", description = "Its name.")
    private @Nullable String pipeline;

    @Option(names = "--all", description = "Every pipeline.")
    private boolean all;
  }

  /** Null: all. */
  @Nullable String pipeline() {
    return choice.all ? null : choice.pipeline;
  }
}
