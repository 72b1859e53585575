package dev.core.orchestrator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code core} itself: the options that every command has, and the list of commands. */
@Command(
    name = "core",
    description = "Runs pipelines that are records in a database.",
    footer = {
      "  core pipelines",
      "  core run flight_delays --wait",
      "  core why flight_delays",
      "  core datasets cat delays_by_month"
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = false)
final class RootCommand implements Runnable {

  private final Context context;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the specification before anything runs
  RootCommand(Context context) {
    this.context = context;
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Print one JSON value on standard output; everything else goes to standard error.")
  void json(boolean on) {
    context.json(on);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  void debug(boolean on) {
    context.debug(on);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command; there is a list below");
  }
}
