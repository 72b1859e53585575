package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.Comparator;

/**
 * Who goes first, of runs: the higher priority, fresh runs before backfills, the older one. The
 * natural order has the first one first.
 */
public record Turn(int priority, boolean backfill, Instant createdAt, long runId)
    implements Comparable<Turn> {

  private static final Comparator<Turn> ORDER =
      Comparator.<Turn>comparingInt(turn -> -turn.priority())
          .thenComparing(Turn::backfill)
          .thenComparing(Turn::createdAt)
          .thenComparingLong(Turn::runId);

  @Override
  public int compareTo(Turn other) {
    return ORDER.compare(this, other);
  }

  /** Whether a trigger of that kind makes up for dates of the past. */
  public static boolean isBackfill(String trigger) {
    return trigger.equals("backfill");
  }
}
