package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a short script of faults with which a seed still fails: leaves out halves, then quarters,
 * and at last each fault alone, as long as the failure stays.
 */
final class Shrinker {

  private final Predicate<List<Fault>> fails;
  private int triesLeft;

  /**
   * @param fails replays the seed with the script
   * @param tries how often it replays at most
   */
  Shrinker(Predicate<List<Fault>> fails, int tries) {
    this.fails = fails;
    this.triesLeft = tries;
  }

  /** Of a seed that broke a law: breaking the same one again counts. */
  static List<Fault> shrink(long seed, Result failed) {
    Violation violation = failed.violation();
    if (violation == null) {
      throw new IllegalArgumentException("seed " + seed + " did not fail");
    }
    return new Shrinker(
            script -> {
              Violation again = new Simulation(seed, script, null).run().violation();
              return again != null && again.law() == violation.law();
            },
            400)
        .shrink(failed.struck());
  }

  List<Fault> shrink(List<Fault> struck) {
    List<Fault> script = List.copyOf(struck);
    // What strikes after the failure is not in the list; what is may still not matter.
    int pieces = 2;
    while (!script.isEmpty() && triesLeft > 0) {
      List<Fault> shorter = withoutOne(script, pieces);
      if (shorter.size() < script.size()) {
        script = shorter;
        pieces = Math.max(2, pieces - 1);
      } else if (pieces >= script.size()) {
        break;
      } else {
        pieces = Math.min(script.size(), pieces * 2);
      }
    }
    return script;
  }

  /** Without the first of so many pieces that is not needed; the same if all are. */
  private List<Fault> withoutOne(List<Fault> script, int pieces) {
    int size = (script.size() + pieces - 1) / pieces;
    for (int from = 0; from < script.size() && triesLeft > 0; from += size) {
      var rest = new ArrayList<>(script.subList(0, from));
      rest.addAll(script.subList(Math.min(script.size(), from + size), script.size()));
      triesLeft--;
      if (fails.test(rest)) {
        return rest;
      }
    }
    return script;
  }
}
