package dev.core.orchestrator.trigger;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A moment at which a schedule fires; its instant is the logical date of the run.
 *
 * @param local the local time that the schedule names, also if clocks never showed it
 */
public record FireTime(Instant at, LocalDateTime local, Kind kind) {

  /** What the change of clocks has to do with it. */
  public enum Kind {
    /** Nothing. */
    USUAL,
    /** The local time does not exist: it fires at the first instant after the gap. */
    AFTER_GAP,
    /** The local time exists twice, and this is the only time that it fires. */
    ONCE_OF_TWO,
    /** The local time exists twice, and this is the first. */
    FIRST_OF_TWO,
    /** The local time exists twice, and this is the second. */
    SECOND_OF_TWO
  }
}
