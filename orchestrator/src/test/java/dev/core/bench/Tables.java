package dev.core.bench;

import dev.core.bench.Report.EngineFigure;
import dev.core.bench.Report.LocalFigure;
import dev.core.bench.Report.OnDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as Markdown tables, which read well on a console too. */
final class Tables {

  private Tables() {}

  static String of(Report report) {
    var text = new StringBuilder();
    var machine = report.machine();
    text.append("The machine: ")
        .append(machine.system())
        .append(", ")
        .append(machine.processors())
        .append(" processors, Java ")
        .append(machine.java())
        .append(".\n\n");
    table(text, List.of("limit of the machine", "one client", "eight at once"), limits(report));
    var dag = report.dag();
    if (dag != null) {
      text.append(
          "\nThe DAG of %,d transformations is built in %s ms and sealed in %s ms.\n"
              .formatted(
                  dag.transformations(), number(dag.buildMillis()), number(dag.sealMillis())));
    }
    for (var database : report.databases()) {
      engine(text, database);
      wide(text, database);
      store(text, database);
      local(text, database);
    }
    var aims = Aims.of(report);
    if (!aims.isEmpty()) {
      text.append("\nThe aims, in this run:\n\n");
      table(text, List.of("aim", "on", "to be", "measured", ""), aims);
    }
    return text.toString();
  }

  private static List<List<String>> limits(Report report) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of("forced writes of 4 KiB a second", number(report.machine().forcedWrites()), ""));
    for (var database : report.databases()) {
      rows.add(
          List.of(
              "durable one-row updates a second, " + database.database(),
              number(database.limits().commitsOfOne()),
              number(database.limits().commitsOfEight())));
    }
    rows.add(
        List.of(
            "starts of `sh -c true` a second from a JVM",
            number(report.machine().starts()),
            number(report.machine().startsOfEight())));
    return rows;
  }

  private static void engine(StringBuilder text, OnDatabase database) {
    if (database.engine().isEmpty()) {
      return;
    }
    text.append("\nEngine on ").append(database.database()).append(":\n\n");
    var limits = database.limits();
    var rows = new ArrayList<List<String>>();
    for (EngineFigure figure : database.engine()) {
      var gap = figure.gap();
      var worker = figure.worker();
      rows.add(
          List.of(
              figure.shape(),
              figure.workers() == 0 ? "bulk" : String.valueOf(figure.workers()),
              number(figure.tasksPerSecond()),
              ratio(figure.tasksPerSecond() / limits.commitsOfOne()),
              ratio(figure.tasksPerSecond() / limits.commitsOfEight()),
              gap == null ? "" : "%s / %s".formatted(number(gap.p50()), number(gap.p99())),
              gap == null ? "" : ratio(gap.p50() / limits.commitMillis()),
              "%s / %s"
                  .formatted(
                      number(figure.leader().statements()), number(figure.leader().transactions())),
              worker == null
                  ? ""
                  : "%s / %s"
                      .formatted(number(worker.statements()), number(worker.transactions()))));
    }
    table(
        text,
        List.of(
            "shape",
            "workers",
            "tasks a second",
            "to commits of one",
            "to commits of eight",
            "end to next submission, p50 / p99 ms",
            "p50 in single commits",
            "leader: statements / transactions a task",
            "worker: the same"),
        rows);
  }

  private static void wide(StringBuilder text, OnDatabase database) {
    if (database.wide().isEmpty()) {
      return;
    }
    text.append("\nOne wide run on ").append(database.database()).append(", outcomes in bulk:\n\n");
    var rows = new ArrayList<List<String>>();
    for (var figure : database.wide()) {
      rows.add(
          List.of(
              figure.shape(),
              number(figure.millisPerTask()),
              number(figure.barrierMillis()),
              kibibytes(figure.bytesPerTask())));
    }
    table(
        text, List.of("shape", "ms a task", "barrier opens after, ms", "KiB of heap a task"), rows);
  }

  private static String kibibytes(@Nullable Double bytes) {
    return bytes == null ? "" : number(bytes / 1024);
  }

  private static void store(StringBuilder text, OnDatabase database) {
    var store = database.store();
    if (store == null) {
      return;
    }
    text.append(
        "\nWith %,d active pipelines in the store of %s, the process of an idle leader takes %s %% of a processor and sends %s statements a second; an edit is in a run that is started after it within %s ms.\n"
            .formatted(
                store.pipelines(),
                database.database(),
                number(store.idlePercent()),
                number(store.idleStatements()),
                number(store.editMillis())));
  }

  private static void local(StringBuilder text, OnDatabase database) {
    if (database.local().isEmpty()) {
      return;
    }
    text.append("\nLocal mode on ").append(database.database()).append(", `true` in a shell:\n\n");
    var rows = new ArrayList<List<String>>();
    for (LocalFigure figure : database.local()) {
      rows.add(
          List.of(
              figure.shape(),
              String.valueOf(figure.slots()),
              number(figure.seconds()),
              number(figure.millisPerTask()),
              ratio(figure.millisPerTask() / database.limits().commitMillis())));
    }
    table(text, List.of("shape", "slots", "seconds", "ms a task", "in single commits"), rows);
  }

  private static void table(StringBuilder text, List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = header.get(column).length();
      for (var row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    line(text, header, widths);
    text.append('|');
    for (int column = 0; column < widths.length; column++) {
      text.append("-".repeat(widths[column] + 1)).append(column == 0 ? "-|" : ":|");
    }
    text.append('\n');
    rows.forEach(row -> line(text, row, widths));
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    text.append('|');
    for (int column = 0; column < widths.length; column++) {
      var padding = " ".repeat(widths[column] - cells.get(column).length());
      text.append(' ')
          .append(column == 0 ? cells.get(column) + padding : padding + cells.get(column))
          .append(" |");
    }
    text.append('\n');
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }
}
