package dev.core.orchestrator.forecast;

import dev.core.orchestrator.dag.Dag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waiting for the slowest of a wave costs.
 *
 * @param spacer that the wave was before; null: the end of the run
 * @param opens when the wave had ended; since the start of the run
 * @param heldBy the task that ended it
 * @param alone how long that task alone was left: everybody else had ended
 * @param waiters who waited for it, the longest first
 * @param waited how long they did, added up
 * @param held how many tasks of the next wave could not start meanwhile
 */
public record Barrier(
    @Nullable String spacer,
    int wave,
    Duration opens,
    String heldBy,
    Duration alone,
    List<Waiter> waiters,
    Duration waited,
    int held) {

  public Barrier {
    waiters = List.copyOf(waiters);
  }

  /** A task that had ended, and for how long it waited for the slowest. */
  public record Waiter(String key, Duration waited) {}

  /** In the order of the waves. */
  static List<Barrier> of(Playthrough play) {
    var barriers = new ArrayList<Barrier>();
    var waves = play.waves();
    for (int number = 0; number < waves.size(); number++) {
      List<Span> wave = waves.get(number);
      Span last = Playthrough.last(wave);
      List<Waiter> others =
          wave.stream()
              .filter(span -> span.index() != last.index())
              .map(span -> new Waiter(span.key(), last.ends().minus(span.ends())))
              .sorted(Comparator.comparing(Waiter::waited).reversed())
              .toList();
      // A task that is alone in its wave is waited for from the wave's beginning on.
      Duration alone =
          others.isEmpty() ? last.ends().minus(last.ready()) : others.getLast().waited();
      Dag.Wave next =
          number + 1 < play.dag().waves().size() ? play.dag().waves().get(number + 1) : null;
      barriers.add(
          new Barrier(
              next == null ? null : play.dag().nodes().get(next.spacer()).key(),
              number,
              last.ends(),
              last.key(),
              alone,
              others.stream().filter(each -> !each.waited().isZero()).toList(),
              others.stream().map(Waiter::waited).reduce(Duration.ZERO, Duration::plus),
              next == null ? 0 : next.size()));
    }
    return barriers;
  }
}
