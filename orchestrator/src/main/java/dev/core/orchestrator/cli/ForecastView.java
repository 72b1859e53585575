package dev.core.orchestrator.cli;

import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.forecast.Alternative;
import dev.core.orchestrator.forecast.Barrier;
import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.Sensitivity;
import dev.core.orchestrator.forecast.Spread;
import dev.core.orchestrator.presentation.AssumedWorks;
import dev.core.orchestrator.presentation.ForecastAnswer;
import dev.core.orchestrator.presentation.Text;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;

/** A forecast for people, or for programs. */
final class ForecastView {

  private static final int ROWS = 10;

  private final Context context;
  private final boolean all;

  ForecastView(Context context, boolean all) {
    this.context = context;
    this.all = all;
  }

  void show(String pipeline, AssumedWorks works, Forecast forecast) {
    context.answer(
        ForecastAnswer.of(pipeline, works, forecast), () -> tell(pipeline, works, forecast));
  }

  private void tell(String pipeline, AssumedWorks works, Forecast forecast) {
    var usual = forecast.usual();
    context.say(
        "forecast of %s as it is configured now: %s in %s"
            .formatted(
                pipeline,
                Text.many(works.works().size(), "task"),
                Text.many(usual.dag().waves().size(), "wave")));
    context.say(works.source());
    context.say(
        usual.status() == RunStatus.RUNNING
            ? "it would never end"
            : "it would %s %s%s"
                .formatted(
                    usual.succeeds() ? "take" : "fail after",
                    Text.span(usual.makespan()),
                    chances(forecast.spread())));
    usual.troubles().forEach(trouble -> context.say("  " + Text.printable(trouble)));
    var gantt = new GanttRows(forecast, works, all);
    section("timeline", gantt.table());
    if (gantt.left() > 0) {
      context.say("… and %s more; --all shows them".formatted(Text.many(gantt.left(), "task")));
    }
    barriers(forecast);
    slow(forecast);
    alternatives(forecast);
  }

  private static String chances(Spread spread) {
    if (spread.runs() == 1) {
      return "; nothing that is known of it varies";
    }
    var failed =
        spread.failed() == 0
            ? ""
            : "; %d of %d courses fail, the first: %s"
                .formatted(spread.failed(), spread.runs(), spread.trouble());
    return spread.p50() == null
        ? failed
        : "; over %d courses p50 %s, p90 %s%s"
            .formatted(spread.runs(), Text.span(spread.p50()), Text.span(spread.p90()), failed);
  }

  private void section(String title, Table table) {
    context.say("");
    context.say(context.console().dress(title.toUpperCase(Locale.ROOT), Style.TITLE));
    context.say(table);
  }

  /** Where most is lost, in the order of the waves. */
  private void barriers(Forecast forecast) {
    var costly =
        forecast.barriers().stream()
            .filter(barrier -> !barrier.waiters().isEmpty())
            .sorted(Comparator.comparing(Barrier::waited).reversed())
            .limit(all ? Integer.MAX_VALUE : ROWS)
            .sorted(Comparator.comparingInt(Barrier::wave))
            .toList();
    if (costly.isEmpty()) {
      return;
    }
    var table =
        Table.of(
            "SPACER",
            ">OPENS",
            "HELD BY",
            ">ALONE FOR",
            ">OTHERS",
            ">WAITED",
            "LONGEST",
            ">HOLDS UP");
    for (Barrier barrier : costly) {
      table.row(
          barrier.spacer() == null ? "(end of the run)" : barrier.spacer(),
          Text.span(barrier.opens()),
          barrier.heldBy(),
          Text.span(barrier.alone()),
          barrier.waiters().size(),
          Text.span(barrier.waited()),
          "%s for %s"
              .formatted(
                  barrier.waiters().getFirst().key(),
                  Text.span(barrier.waiters().getFirst().waited())),
          barrier.held());
    }
    section("waiting for the slowest of a wave", table);
  }

  private void slow(Forecast forecast) {
    if (forecast.slow().isEmpty()) {
      return;
    }
    var table = Table.of("TASK", ">TAKES", ">10 % SLOWER", ">TWICE AS SLOW");
    for (Sensitivity each :
        forecast
            .slow()
            .subList(0, all ? forecast.slow().size() : Math.min(ROWS, forecast.slow().size()))) {
      table.row(
          each.key(),
          Text.span(each.takes()),
          later(each.tenPercent()),
          each.fails() ? new Table.Cell("exceeds its time-out", Style.BAD) : later(each.twice()));
    }
    section("what one slow task changes", table);
    if (!forecast.slowComplete()) {
      context.say("of the longest tasks alone: with limits each has to be played");
    }
  }

  private void alternatives(Forecast forecast) {
    var usual = forecast.usual();
    var table = Table.of("WHAT IF", ">MAKESPAN", ">CHANGE", ">P50", ">P90", "");
    table.row(
        "as it is",
        Text.span(usual.makespan()),
        "",
        Text.span(forecast.spread().p50()),
        Text.span(forecast.spread().p90()),
        usual.status() == RunStatus.SUCCEEDED ? "" : StatusText.cell(usual.status()));
    for (Alternative each : forecast.alternatives()) {
      table.row(
          each.what(),
          Text.span(each.makespan()),
          later(each.makespan().minus(usual.makespan())),
          Text.span(each.spread().p50()),
          Text.span(each.spread().p90()),
          each.succeeds() ? "" : StatusText.cell(each.status()));
    }
    section("what if", table);
    forecast.alternatives().stream()
        .flatMap(each -> each.troubles().stream().map(trouble -> each.what() + ": " + trouble))
        .distinct()
        .limit(ROWS)
        .forEach(trouble -> context.say(Text.printable(trouble)));
  }

  private static String later(Duration change) {
    return change.isZero()
        ? "="
        : change.isNegative() ? "-" + Text.span(change.negated()) : "+" + Text.span(change);
  }
}
