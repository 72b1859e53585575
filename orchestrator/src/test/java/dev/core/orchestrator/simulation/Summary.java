package dev.core.orchestrator.simulation;

import java.util.Locale;
import java.util.Map;

/** What simulations went through, for people. */
final class Summary {

  private Summary() {}

  static String of(Tally tally, long seeds, double seconds) {
    var text = new StringBuilder();
    line(
        text,
        "%,d seeds in %,.0f s, %.1f a second; %,d steps, %,d hours of virtual time",
        seeds,
        seconds,
        seeds / Math.max(seconds, 0.001),
        tally.of("steps"),
        tally.of("virtual seconds") / 3600);
    line(
        text,
        "%,d runs, %,d attempts, %,d jobs, %,d terms of leadership",
        tally.of("runs"),
        tally.of("attempts"),
        tally.of("jobs"),
        tally.of("terms"));
    line(text, "\nfaults");
    for (FaultKind kind : FaultKind.values()) {
      line(text, "  %-28s %,10d", kind.text(), tally.faults().getOrDefault(kind, 0L));
    }
    line(text, "\ntransitions");
    for (Map.Entry<String, Long> each : tally.transitions().entrySet()) {
      line(text, "  %-42s %,10d", each.getKey(), each.getValue());
    }
    var left = Transitions.notTaken(tally);
    line(text, "\ntransitions that were not taken: %s", left.isEmpty() ? "none" : left.size());
    if (seeds > 1) {
      left.forEach(each -> line(text, "  %s", each));
    }
    line(text, "\ncauses of waiting that were explained");
    for (Map.Entry<String, Long> each : tally.counts().entrySet()) {
      if (each.getKey().startsWith("why ")) {
        line(text, "  %-42s %,10d", each.getKey().substring(4), each.getValue());
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
