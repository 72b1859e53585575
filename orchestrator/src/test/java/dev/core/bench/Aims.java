package dev.core.bench;

import dev.core.bench.Report.EngineFigure;
import dev.core.bench.Report.OnDatabase;
import dev.core.bench.Report.WideFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What was to be reached, beside what was; durable figures against the same run's commit rate. */
final class Aims {

  /** What ten thousand may cost more than five hundred, for such figures vary from run to run. */
  private static final double SAME = 1.1;

  private final List<List<String>> rows = new ArrayList<>();

  private Aims() {}

  /** Rows of a table: the aim, where, what was measured, whether it was met. */
  static List<List<String>> of(Report report) {
    var aims = new Aims();
    var dag = report.dag();
    if (dag != null) {
      aims.atMost("DAG of 10,000 built, ms", "", 100, dag.buildMillis());
    }
    report.databases().forEach(aims::on);
    return aims.rows;
  }

  private void on(OnDatabase database) {
    engine(database);
    wide(database);
    var where = database.database();
    var store = database.store();
    if (store != null) {
      atMost("idle leader, 5,000 pipelines, % of a processor", where, 2, store.idlePercent());
      atMost("an edit is in a started run, ms", where, 1000, store.editMillis());
    }
    for (var figure : database.local()) {
      boolean chain = figure.shape().equals(Shape.CHAIN.title());
      atMost(
          "local mode, %s, ms a task".formatted(figure.shape()),
          where,
          chain ? 6 : 3,
          figure.millisPerTask());
    }
  }

  private void engine(OnDatabase database) {
    var where = database.database();
    var limits = database.limits();
    for (var figure : database.engine()) {
      var gap = figure.gap();
      if (gap != null) {
        atMost(
            "end to next submission, p50 ms: 3 commits and 2 ms",
            where,
            3 * limits.commitMillis() + 2,
            gap.p50());
        atMost("the same, p99 ms", where, 50, gap.p99());
      }
    }
    if (!database.engine().isEmpty()) {
      atLeast(
          "completions a second with claims and outcomes: a quarter of eight clients' commits",
          where,
          limits.commitsOfEight() / 4,
          slowest(database, figure -> figure.gap() == null && figure.workers() > 0));
      atLeast(
          "completions a second without workers' statements: one client's commits",
          where,
          limits.commitsOfOne(),
          slowest(database, figure -> figure.workers() == 0));
    }
  }

  private static double slowest(OnDatabase database, Predicate<EngineFigure> which) {
    return database.engine().stream()
        .filter(which)
        .mapToDouble(EngineFigure::tasksPerSecond)
        .min()
        .orElseThrow();
  }

  private void wide(OnDatabase database) {
    if (database.wide().isEmpty()) {
      return;
    }
    var where = database.database();
    WideFigure small = database.wide().getFirst();
    WideFigure large = database.wide().getLast();
    for (var figure : database.wide()) {
      atMost(
          "barrier of %s opens, ms".formatted(figure.shape()), where, 100, figure.barrierMillis());
    }
    atMost(
        "ms a task at 10,000 as at 500",
        where,
        SAME * small.millisPerTask(),
        large.millisPerTask());
    var smallBytes = small.bytesPerTask();
    var largeBytes = large.bytesPerTask();
    if (smallBytes != null && largeBytes != null) {
      atMost(
          "KiB of heap a task at 10,000 as at 500",
          where,
          SAME * smallBytes / 1024,
          largeBytes / 1024);
    }
  }

  private void atMost(String aim, String where, double limit, double measured) {
    add(aim, where, "at most " + number(limit), measured, measured <= limit);
  }

  private void atLeast(String aim, String where, double limit, double measured) {
    add(aim, where, "at least " + number(limit), measured, measured >= limit);
  }

  private void add(String aim, String where, String limit, double measured, boolean met) {
    rows.add(List.of(aim, where, limit, number(measured), met ? "met" : "**missed**"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
