package dev.core.orchestrator.cli;

import dev.core.orchestrator.presentation.Text;
import dev.core.orchestrator.store.RunComparison;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows people how two runs differ. */
final class ComparisonView {

  private final Context context;

  ComparisonView(Context context) {
    this.context = context;
  }

  void show(RunComparison comparison) {
    context.say(
        "run %d and run %d of %s"
            .formatted(comparison.a().runId(), comparison.b().runId(), pipelines(comparison)));
    section("definition", comparison.definition());
    section("parameters", comparison.parameters());
    section("results", comparison.results());
    timings(comparison);
    datasets(comparison);
  }

  private static String pipelines(RunComparison comparison) {
    var a = comparison.a().pipeline();
    var b = comparison.b().pipeline();
    return a.equals(b) ? a : a + " and " + b;
  }

  void section(String title, List<RunComparison.Difference> differences) {
    context.say("");
    if (differences.isEmpty()) {
      context.say(title + ": the same");
      return;
    }
    context.say(title + ": " + Text.many(differences.size(), "difference"));
    for (var difference : differences) {
      context.say("  " + difference.field());
      if (difference.a() != null) {
        context.say(context.console().dress("    - " + value(difference.a()), Style.BAD));
      }
      if (difference.b() != null) {
        context.say(context.console().dress("    + " + value(difference.b()), Style.GOOD));
      }
    }
  }

  /** Further lines of a text stand below its first one. */
  private static String value(Object value) {
    return Text.printable(String.valueOf(value)).stripTrailing().replace("\n", "\n      ");
  }

  private void timings(RunComparison comparison) {
    context.say("");
    var table =
        Table.of(
            "TASK",
            "STATUS A",
            "STATUS B",
            ">ATTEMPTS A",
            ">ATTEMPTS B",
            ">TIME A",
            ">TIME B",
            ">B - A");
    for (var timing : comparison.timings()) {
      table.row(
          timing.task(),
          timing.statusA() == null ? "" : StatusText.cell(timing.statusA()),
          timing.statusB() == null ? "" : StatusText.cell(timing.statusB()),
          timing.attemptsA(),
          timing.attemptsB(),
          Text.span(timing.a()),
          Text.span(timing.b()),
          change(timing.a(), timing.b()));
    }
    context.say(table);
  }

  private void datasets(RunComparison comparison) {
    if (comparison.datasets().isEmpty()) {
      return;
    }
    context.say("");
    var table =
        Table.of("DATASET", ">ROWS A", ">ROWS B", ">FILES A", ">FILES B", ">SIZE A", ">SIZE B", "");
    for (var dataset : comparison.datasets()) {
      var a = dataset.a();
      var b = dataset.b();
      table.row(
          dataset.name(),
          a == null ? "" : Text.count(a.rows()),
          b == null ? "" : Text.count(b.rows()),
          a == null ? "" : a.files(),
          b == null ? "" : b.files(),
          a == null ? "" : Text.bytes(a.bytes()),
          b == null ? "" : Text.bytes(b.bytes()),
          dataset.same() ? "the same" : "");
    }
    context.say(table);
  }

  private static String change(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return "";
    }
    var change = b.minus(a);
    return (change.isNegative() ? "-" : "+") + Text.span(change.abs());
  }
}
