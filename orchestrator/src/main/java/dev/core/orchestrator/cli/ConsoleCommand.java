package dev.core.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.h2.tools.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code core console}: SQL by hand, on whichever database the settings name. */
@Command(
    name = "console",
    description = {
      "Open an SQL shell on the configuration database.",
      "Statements end with a semicolon; 'help' says more. They may also be piped in."
    },
    footer = {"  core console", "  core console --sql 'select name from configuration.pipelines'"})
final class ConsoleCommand implements Callable<Integer> {

  private final Context context;

  @Option(
      names = {"--sql", "-sql"},
      paramLabel = "STATEMENT",
      description = "Run this alone, and end.")
  private @Nullable String sql;

  ConsoleCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    context.database();
    var database = context.settings().database();
    var arguments = new ArrayList<>(List.of("-url", database.url()));
    if (database.user() != null) {
      arguments.addAll(List.of("-user", database.user()));
    }
    if (database.password() != null) {
      arguments.addAll(List.of("-password", database.password()));
    }
    if (sql != null) {
      arguments.addAll(List.of("-sql", sql));
    }
    new Shell().runTool(arguments.toArray(String[]::new));
    return ExitCode.DONE;
  }
}
