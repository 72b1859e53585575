package dev.core.orchestrator.cli;

import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.Span;
import dev.core.orchestrator.presentation.AssumedWorks;
import dev.core.orchestrator.presentation.Text;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A forecast's timeline as rows of a table, each with a bar. */
final class GanttRows {

  private static final int ROWS = 40;
  private static final int WIDTH = 40;

  private final Forecast forecast;
  private final AssumedWorks works;
  private final Set<Integer> critical = new HashSet<>();
  private final List<Span> shown;

  /**
   * @param all every task; else, of many, those of the critical path and the longest
   */
  GanttRows(Forecast forecast, AssumedWorks works, boolean all) {
    this.forecast = forecast;
    this.works = works;
    forecast.criticalPath().forEach(span -> critical.add(span.index()));
    this.shown = all ? forecast.usual().spans() : longest();
  }

  private List<Span> longest() {
    return forecast.usual().spans().stream()
        .sorted(
            Comparator.comparing((Span span) -> !critical.contains(span.index()))
                .thenComparing(Comparator.comparing(Span::takes).reversed()))
        .limit(ROWS)
        .sorted(Comparator.comparingInt(Span::index))
        .toList();
  }

  /** How many tasks have no row. */
  int left() {
    return forecast.usual().spans().size() - shown.size();
  }

  Table table() {
    var table = Table.of(">WAVE", "TASK", ">STARTS", ">TAKES", ">P90", "");
    for (Span span : shown) {
      boolean decides = critical.contains(span.index());
      table.row(
          span.wave(),
          span.key(),
          Text.span(span.goes()),
          Text.span(span.takes()),
          Text.span(works.rarely(span.key())),
          new Table.Cell(bar(span, decides), decides ? Style.BUSY : Style.PLAIN));
    }
    return table;
  }

  /** Dots while a limit holds it, then full blocks on the critical path and light ones off it. */
  private String bar(Span span, boolean decides) {
    int ready = place(span.ready());
    int goes = place(span.goes());
    int ends = Math.max(place(span.ends()), Math.min(goes + 1, WIDTH));
    goes = Math.min(goes, ends - 1);
    ready = Math.min(ready, goes);
    return " ".repeat(ready) + "·".repeat(goes - ready) + (decides ? "█" : "░").repeat(ends - goes);
  }

  private int place(Duration time) {
    double whole = Math.max(1, forecast.usual().makespan().toNanos());
    return (int) Math.round(WIDTH * (time.toNanos() / whole));
  }
}
