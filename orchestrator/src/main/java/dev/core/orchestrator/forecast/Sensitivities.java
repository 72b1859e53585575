package dev.core.orchestrator.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the tasks whose slowness costs most. Where no limit held anything up, a wave ends when its
 * slowest task does and no task touches another, so each is judged by the end of its wave. Else the
 * longest tasks are played, each slower alone.
 */
final class Sensitivities {

  private static final double TENTH = 1.1;
  private static final double TWICE = 2;
  private static final int PLAYED = 30;
  private static final int PLAYED_OF_MANY = 10;
  private static final int MANY = 1_000;

  private final Stage stage;
  private final List<Work> works;
  private final Playthrough usual;

  Sensitivities(Stage stage, List<Work> works, Playthrough usual) {
    this.stage = stage;
    this.works = works;
    this.usual = usual;
  }

  /**
   * Those that change anything, the costliest first; none where the run does not succeed anyway.
   */
  List<Sensitivity> find() {
    if (!usual.succeeds()) {
      return List.of();
    }
    return (usual.limited() ? played() : judged())
        .stream()
            .filter(each -> !each.twice().isZero() || !each.tenPercent().isZero() || each.fails())
            .sorted(
                Comparator.comparing(Sensitivity::fails)
                    .thenComparing(Sensitivity::twice)
                    .thenComparing(Sensitivity::tenPercent)
                    .reversed()
                    .thenComparing(Sensitivity::key))
            .toList();
  }

  /** Whether every task was looked at, and not only the longest. */
  boolean complete() {
    return !usual.limited() || usual.spans().size() <= PLAYED;
  }

  private List<Sensitivity> judged() {
    var judged = new ArrayList<Sensitivity>();
    for (List<Span> wave : usual.waves()) {
      Duration end = Playthrough.last(wave).ends();
      for (Span span : wave) {
        judged.add(sensitivity(span, later(span, TENTH, end), later(span, TWICE, end)));
      }
    }
    return judged;
  }

  private Duration later(Span span, double factor, Duration end) {
    Try slow = attempt(span).slower(factor);
    Duration later = span.goes().plus(slow.starts()).plus(slow.lasts()).minus(end);
    return later.isNegative() ? Duration.ZERO : later;
  }

  private List<Sensitivity> played() {
    int most = usual.spans().size() > MANY ? PLAYED_OF_MANY : PLAYED;
    return usual.spans().stream()
        .sorted(Comparator.comparing(Span::takes).reversed())
        .limit(most)
        .map(span -> sensitivity(span, played(span, TENTH), played(span, TWICE)))
        .toList();
  }

  private Duration played(Span span, double factor) {
    var changed = new ArrayList<>(works);
    changed.set(span.index(), new Work.Slower(changed.get(span.index()), factor));
    return stage.usual(changed).makespan().minus(usual.makespan());
  }

  private Sensitivity sensitivity(Span span, Duration tenPercent, Duration twice) {
    long timeout = stage.plan().resources(span.index()).timeoutSeconds();
    boolean fails = attempt(span).slower(TWICE).lasts().compareTo(Duration.ofSeconds(timeout)) > 0;
    return new Sensitivity(span.key(), span.takes(), tenPercent, twice, fails);
  }

  private Try attempt(Span span) {
    return works.get(span.index()).typical().getFirst();
  }
}
