package dev.core.orchestrator.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Puts the commands together, runs one command line, and decides its exit code: the only place that
 * does.
 */
public final class CoreCommandLine {

  private final Context context;

  public CoreCommandLine(Context context) {
    this.context = context;
  }

  /**
   * Runs one command line; throws nothing.
   *
   * @return one of {@link ExitCode}
   */
  public int run(String... arguments) {
    var console = context.console();
    try {
      return commands().execute(arguments);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  CommandLine commands() {
    var root = new CommandLine(new RootCommand(context));
    for (var command :
        List.of(
            new RunCommand(context),
            new RunsCommand(context),
            new ShowCommand(context),
            new TasksCommand(context),
            new WhyCommand(context),
            new LogsCommand(context),
            new CancelCommand(context),
            new ClearCommand(context),
            new RetryCommand(context),
            new MarkCommand(context),
            new RerunCommand(context),
            new ReleaseCommand(context),
            new StatusCommand(context),
            new DoctorCommand(context),
            new PipelinesCommand(context),
            new ScheduleCommand(context),
            new PauseCommand(context),
            new ResumeCommand(context),
            new PoolsCommand(context),
            new DagCommand(context),
            new SimulateCommand(context),
            new DatasetsCommand(context),
            new TemplatesCommand(context),
            new ConfigCommand(context),
            new ValidateCommand(context),
            new MigrateCommand(context),
            new PublishCommand(context),
            new TidyCommand(context),
            new ServerCommand(context),
            new ConsoleCommand(context))) {
      root.addSubcommand(command);
    }
    return root.setOut(context.console().out())
        .setErr(context.console().err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                context.console().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(Math.clamp(context.console().width(), 60, 110))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(new SecondTry(context::hasSpoken))
        .setParameterExceptionHandler(this::wrong)
        .setExecutionExceptionHandler((failure, _, _) -> new Failures(context).tell(failure));
  }

  private static String message(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? "'%s' is no %s here"
            .formatted(
                String.join(" ", unmatched.getUnmatched()),
                unmatched.getCommandLine().getSubcommands().isEmpty() ? "argument" : "command")
        : String.valueOf(failure.getMessage())
            .replaceFirst("is not an? (int|long)$", "is not a whole number, or out of range");
  }

  /** What is wrong with a command line, how the command is used, and where more is said. */
  private int wrong(ParameterException failure, String[] arguments) {
    var command = failure.getCommandLine();
    var err = context.console().err();
    err.println("core: " + message(failure));
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println();
    }
    var help = command.getHelp();
    if (command.getParent() == null) {
      err.print(help.fullSynopsis());
      err.print(help.commandListHeading());
      err.print(help.commandList());
    } else {
      err.print(help.synopsisHeading());
      err.print(help.synopsis(help.synopsisHeadingLength()));
    }
    err.println();
    err.println("More: " + command.getCommandSpec().qualifiedName() + " --help");
    if (context.debug()) {
      failure.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }
}
