package dev.core.orchestrator.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what simulations went through. Not thread-safe: each thread has one, and they add up. */
final class Tally {

  private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
  private final Map<String, Long> transitions = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  void faults(List<Fault> struck) {
    struck.forEach(fault -> faults.merge(fault.kind(), 1L, Long::sum));
  }

  /** Of a run, task or attempt, from one status to another. */
  void transition(String what, String from, String to) {
    transitions.merge(what + " " + from + " -> " + to, 1L, Long::sum);
  }

  void count(String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  Map<String, Long> counts() {
    return counts;
  }

  Map<FaultKind, Long> faults() {
    return faults;
  }

  Map<String, Long> transitions() {
    return transitions;
  }

  void add(Tally other) {
    other.faults.forEach((kind, number) -> faults.merge(kind, number, Long::sum));
    other.transitions.forEach((each, number) -> transitions.merge(each, number, Long::sum));
    other.counts.forEach((each, number) -> counts.merge(each, number, Long::sum));
  }
}
