package dev.core.orchestrator.forecast;

import dev.core.orchestrator.dag.Dag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waiting for the slowest of a wave costs.
 *
 * @param spacer that the wave was before; null: the end of the run
 * @param opens when the wave had ended; since the start of the run
 * @param heldBy the task that ended it
 * @param alone how long that task alone was left: everybody else had ended
 * @param waiting how many others waited for it
 * @param waited how long they did, added up
 * @param held how many tasks of the next wave could not start meanwhile
 */
public record Barrier(
    @Nullable String spacer,
    int wave,
    Duration opens,
    String heldBy,
    Duration alone,
    int waiting,
    Duration waited,
    int held) {

  /** In the order of the waves. */
  static List<Barrier> of(Playthrough play) {
    var barriers = new ArrayList<Barrier>();
    var waves = play.waves();
    for (int number = 0; number < waves.size(); number++) {
      List<Span> wave = waves.get(number);
      Span last = Playthrough.last(wave);
      Duration before = Duration.ZERO;
      Duration waited = Duration.ZERO;
      int waiting = 0;
      for (Span span : wave) {
        if (span.index() != last.index()) {
          before = before.compareTo(span.ends()) > 0 ? before : span.ends();
          waited = waited.plus(last.ends().minus(span.ends()));
          waiting += span.ends().equals(last.ends()) ? 0 : 1;
        }
      }
      // A task that is alone in its wave is waited for from the wave's beginning on.
      Duration alone = last.ends().minus(wave.size() == 1 ? last.ready() : before);
      Dag.Wave next =
          number + 1 < play.dag().waves().size() ? play.dag().waves().get(number + 1) : null;
      barriers.add(
          new Barrier(
              next == null ? null : play.dag().nodes().get(next.spacer()).key(),
              number,
              last.ends(),
              last.key(),
              alone,
              waiting,
              waited,
              next == null ? 0 : next.size()));
    }
    return barriers;
  }
}
