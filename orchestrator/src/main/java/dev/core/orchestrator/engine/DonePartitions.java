package dev.core.orchestrator.engine;

import dev.core.common.protocol.Partitions;
import java.util.BitSet;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which partitions of a task have succeeded, and in which attempt: a retry runs the others alone,
 * and the files of all of them make up what the task has written. Immutable.
 *
 * @param of how many partitions the task has
 * @param byAttempt partitions by the number of the attempt; no two have one in common
 */
public record DonePartitions(int of, SortedMap<Integer, Partitions> byAttempt) {

  public DonePartitions {
    byAttempt = Collections.unmodifiableSortedMap(new TreeMap<>(byAttempt));
  }

  static DonePartitions none(int of) {
    return new DonePartitions(of, Collections.emptySortedMap());
  }

  /** With those that succeeded in one attempt. */
  DonePartitions plus(int attempt, Partitions succeeded) {
    if (succeeded.isEmpty()) {
      return this;
    }
    var next = new TreeMap<>(byAttempt);
    next.put(attempt, succeeded);
    return new DonePartitions(of, next);
  }

  public int count() {
    return byAttempt.values().stream().mapToInt(Partitions::size).sum();
  }

  /** Those that have not succeeded. */
  public Partitions left() {
    var left = new BitSet(of);
    left.set(0, of);
    byAttempt.values().forEach(done -> left.andNot(done.toBits()));
    return Partitions.of(left);
  }
}
