package dev.core.worker;

import dev.core.common.logging.LogFields;
import dev.core.common.logging.Logging;
import dev.core.common.settings.Settings;
import dev.core.common.settings.SettingsProblem;
import dev.core.worker.cli.DescribeCommand;
import dev.core.worker.cli.ListCommand;
import dev.core.worker.cli.TestCommand;
import dev.core.worker.cli.Workbench;
import dev.core.worker.run.RunCommand;
import dev.core.worker.run.Workshop;
import dev.core.worker.serve.ServeCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The worker's command line. For processes; people use {@code core}. */
@Command(
    name = "corebot",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "corebot 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs transformations: the worker of CORE.")
public final class Corebot {

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of unexpected errors.")
  private boolean debug;

  private Corebot() {}

  public static void main(String[] arguments) {
    var logging = new AtomicReference<@Nullable Logging>();
    int code =
        commandLine(
                () -> {
                  var settings = Settings.load();
                  logging.set(
                      Logging.start(
                          settings.logging(),
                          Map.of("program", "corebot", LogFields.MODE, settings.mode().text())));
                  return settings;
                })
            .execute(arguments);
    var started = logging.get();
    if (started != null) {
      started.close();
    }
    System.exit(code);
  }

  /**
   * @param settings read when a command needs them: help works without
   */
  static CommandLine commandLine(Supplier<Settings> settings) {
    var corebot = new Corebot();
    Supplier<Workshop> workshops = () -> new Workshop(settings.get());
    Supplier<Workbench> workbenches = () -> workbench(workshops.get());
    return new CommandLine(corebot)
        .addSubcommand(new RunCommand(workshops))
        .addSubcommand(new ServeCommand(workshops))
        .addSubcommand(new ListCommand(workbenches))
        .addSubcommand(new DescribeCommand(workbenches))
        .addSubcommand(new TestCommand(workbenches, InstantSource.system()))
        .addSubcommand(new CommandLine.HelpCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, result) -> corebot.report(failure, command.getErr()));
  }

  private static Workbench workbench(Workshop workshop) {
    // What stands on the command line is relative to where it was typed, unlike what settings say.
    return new Workbench(workshop.transformations(), workshop.work(), Path.of("").toAbsolutePath());
  }

  private int report(Exception failure, PrintWriter err) {
    if (debug) {
      failure.printStackTrace(err);
    } else {
      err.println("corebot: " + text(failure));
    }
    err.flush();
    return failure instanceof SettingsProblem ? 2 : 1;
  }

  private static @Nullable String text(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
  }
}
