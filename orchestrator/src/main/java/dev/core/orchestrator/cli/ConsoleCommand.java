package dev.core.orchestrator.cli;

import dev.core.common.configuration.ConstraintWords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    if (sql != null) {
      execute(sql);
      return ExitCode.DONE;
    }
    context.database();
    var database = context.databaseSettings();
    var arguments = new ArrayList<>(List.of("-url", database.url()));
    if (database.user() != null) {
      arguments.addAll(List.of("-user", database.user()));
    }
    if (database.password() != null) {
      arguments.addAll(List.of("-password", database.password()));
    }
    new Shell().runTool(arguments.toArray(String[]::new));
    return ExitCode.DONE;
  }

  private void execute(String statement) {
    try (var connection = context.database().dataSource().getConnection();
        var prepared = connection.createStatement()) {
      if (prepared.execute(statement)) {
        show(prepared.getResultSet());
      } else {
        int changed = prepared.getUpdateCount();
        context.answer(
            Map.of("changed_rows", changed), () -> context.say(changed + " rows changed"));
      }
    } catch (SQLException e) {
      throw new Refused(
          ConstraintWords.of(e)
              .map(words -> "the edit was refused, nothing was changed: " + words)
              .orElseGet(() -> "the statement failed: " + e.getMessage()),
          e);
    }
  }

  private void show(ResultSet result) throws SQLException {
    var titles = new ArrayList<String>();
    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
      titles.add(result.getMetaData().getColumnLabel(column));
    }
    var table = Table.of(titles.toArray(String[]::new));
    var rows = new ArrayList<Map<String, @Nullable String>>();
    while (result.next()) {
      var row = new LinkedHashMap<String, @Nullable String>();
      for (int column = 1; column <= titles.size(); column++) {
        row.put(titles.get(column - 1), result.getString(column));
      }
      rows.add(row);
      table.row(row.values().toArray());
    }
    context.answer(rows, () -> context.say(table));
  }
}
