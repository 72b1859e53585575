package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides where faults strike: by rate, each kind more or less often in this seed, or by a script.
 * A decision depends on the seed, the kind, the place and its number alone.
 */
final class Faults {

  /** Some kinds are absent from a seed, and some abound: what is rare together is found so. */
  private static final double[] WEIGHTS = {0, 0.5, 1, 1, 2, 4};

  private final Chance chance;
  private final @Nullable Set<Fault> script;
  private final Map<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
  private final Map<String, Integer> decisions = new HashMap<>();
  private final List<Fault> struck = new ArrayList<>();
  private boolean over;

  /**
   * @param script null: by rate
   */
  Faults(Chance chance, @Nullable List<Fault> script) {
    this.chance = chance;
    this.script = script == null ? null : new HashSet<>(script);
    for (FaultKind kind : FaultKind.values()) {
      int weight = chance.between(0, WEIGHTS.length - 1, "weight of " + kind);
      rates.put(kind, kind.rate() * WEIGHTS[weight]);
    }
  }

  /** Whether it strikes there, now. */
  boolean strikes(FaultKind kind, String place) {
    if (over) {
      return false;
    }
    String name = kind.name() + "@" + place;
    int number = decisions.merge(name, 1, Integer::sum);
    boolean strikes;
    if (script == null) {
      double rate = rates.getOrDefault(kind, 0.0);
      strikes = rate > 0 && chance.fraction(name, number) < rate;
    } else {
      strikes = !script.isEmpty() && script.contains(new Fault(kind, place, number));
    }
    if (strikes) {
      struck.add(new Fault(kind, place, number));
    }
    return strikes;
  }

  /** None strikes from now on. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  List<Fault> struck() {
    return struck;
  }
}
