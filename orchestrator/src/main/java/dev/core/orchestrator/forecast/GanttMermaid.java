package dev.core.orchestrator.forecast;

import java.util.HashSet;
import java.util.Set;

/** A forecast as a Gantt chart in the language of Mermaid; the critical path is marked. */
public final class GanttMermaid {

  private GanttMermaid() {}

  /** Ends with a line break. Times are of the clock, from midnight on. */
  public static String of(String title, Forecast forecast) {
    Set<Integer> critical = new HashSet<>();
    forecast.criticalPath().forEach(span -> critical.add(span.index()));
    var text = new StringBuilder("gantt\n  title ").append(plain(title));
    text.append("\n  dateFormat x\n  axisFormat %H:%M:%S\n");
    int wave = -1;
    for (Span span : forecast.usual().spans()) {
      if (span.wave() != wave) {
        wave = span.wave();
        text.append("  section ").append(wave).append(' ').append(plain(span.state())).append('\n');
      }
      text.append(
          "  %s :%st%d, %d, %d\n"
              .formatted(
                  plain(span.key()),
                  critical.contains(span.index()) ? "crit, " : "",
                  span.index(),
                  span.goes().toMillis(),
                  Math.max(span.ends().toMillis(), span.goes().toMillis() + 1)));
    }
    return text.toString();
  }

  /** Without what means something to Mermaid. */
  private static String plain(String name) {
    return name.replaceAll("[:;,#\\n]", " ");
  }
}
