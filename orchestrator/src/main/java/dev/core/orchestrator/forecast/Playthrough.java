package dev.core.orchestrator.forecast;

import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One course that a run may take. Immutable.
 *
 * @param status RUNNING, if it would go on for ever
 * @param makespan from its start to its end
 * @param spans of the transformations that came to their turn, in the order of the DAG
 * @param troubles why it does not succeed, if it does not
 */
public record Playthrough(
    Dag dag, RunStatus status, Duration makespan, List<Span> spans, List<String> troubles) {

  private static final Comparator<Span> LAST =
      Comparator.comparing(Span::ends).thenComparing(Comparator.comparing(Span::index).reversed());

  public Playthrough {
    spans = List.copyOf(spans);
    troubles = List.copyOf(troubles);
  }

  public boolean succeeds() {
    return status == RunStatus.SUCCEEDED;
  }

  /** Whether any task had to wait although its wave was open. */
  boolean limited() {
    return spans.stream().anyMatch(span -> !span.held().isZero());
  }

  /** By wave; only the waves that opened. */
  List<List<Span>> waves() {
    var waves = new ArrayList<List<Span>>();
    for (Span span : spans) {
      while (waves.size() <= span.wave()) {
        waves.add(new ArrayList<>());
      }
      waves.get(span.wave()).add(span);
    }
    return waves;
  }

  /** The one that ends a wave; the first of those that end at the same time. */
  static Span last(List<Span> wave) {
    return wave.stream().max(LAST).orElseThrow();
  }

  /**
   * What decides the makespan: for each wave the task that ends it, and before it those whose
   * places it waited for. Each goes when the one before it ends, unless it was retried in between.
   */
  public List<Span> criticalPath() {
    var path = new ArrayList<Span>();
    for (List<Span> wave : waves().reversed()) {
      if (wave.isEmpty()) {
        continue;
      }
      Span current = last(wave);
      path.add(current);
      while (!current.held().isZero()) {
        Duration goes = current.goes();
        Span before =
            wave.stream()
                .filter(span -> span.ends().equals(goes))
                .max(Comparator.comparing(Span::takes))
                .orElse(null);
        if (before == null) {
          break;
        }
        path.add(before);
        current = before;
      }
    }
    return path.reversed();
  }
}
