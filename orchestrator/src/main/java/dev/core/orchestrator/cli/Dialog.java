package dev.core.orchestrator.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --dry-run} and {@code --yes}, for commands that say first what they are going to do. */
final class Dialog {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--dry-run", description = "Show what would happen, and do nothing.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do it without asking; needed where there is no terminal to ask on.")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  Dialog() {}

  boolean dryRun() {
    return dryRun;
  }

  /** To be called before anything is done: wrong usage, if nobody could answer the question. */
  void requireAnswerable(Context context) {
    if (!dryRun && !yes && context.console().answers() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing was done: there is no terminal to ask on; --yes does it without asking, --dry-run shows what it would do");
    }
  }

  /** Whether a person, who has been shown what will happen, wants it. */
  boolean agreed(Context context) {
    var answers = context.console().answers();
    if (yes || answers == null) {
      return yes;
    }
    var err = context.console().err();
    err.print("Go on? [y/N] ");
    err.flush();
    @Nullable String answer = answers.get();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
