package dev.core.orchestrator.command;

import java.time.Instant;
import java.util.Optional;

/** Which logical dates a run may have: those that every database can store. */
public final class LogicalDates {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

  private LogicalDates() {}

  /** Why it may not be that one, if it may not. */
  public static Optional<String> problem(Instant date) {
    return date.isBefore(FIRST) || !date.isBefore(AFTER_LAST)
        ? Optional.of(
            "the logical date %s is out of range; allowed: the years 1 to 9999".formatted(date))
        : Optional.empty();
  }
}
