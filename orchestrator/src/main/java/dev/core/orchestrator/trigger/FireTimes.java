package dev.core.orchestrator.trigger;

import com.cronutils.model.time.ExecutionTime;
import dev.core.common.configuration.validation.RunFrequency;
import dev.core.common.configuration.validation.ScheduleFault;
import dev.core.common.variables.Checked;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a frequency fires in a time zone. A local time that does not exist fires at the first
 * instant after the gap; one that exists twice fires once, at its first; twice only if the schedule
 * fires in every hour of its days. Of the library only the matching of local times is used: what it
 * does about changes of clocks is wrong. Immutable; thread-safe.
 */
public final class FireTimes {

  /** Clocks change a few times a year, and no frequency pauses for longer than some leap years. */
  private static final int MOST_TRANSITIONS = 400;

  private static final int HOURS = 24;

  private final ExecutionTime matches;
  private final ZoneRules rules;

  /** Whether its intervals are of an hour or less. */
  private final boolean frequent;

  private FireTimes(RunFrequency frequency, ZoneId zone) {
    this.matches = ExecutionTime.forCron(frequency.cron());
    this.rules = zone.getRules();
    this.frequent = firesEveryHour();
  }

  /** Reads what stands in the store; every problem there is. */
  public static Checked<FireTimes> of(String frequency, String timeZone) {
    var faults = ScheduleFault.of(frequency, timeZone);
    return faults.isEmpty()
        ? Checked.valid(new FireTimes(RunFrequency.parse(frequency).orThrow(), ZoneId.of(timeZone)))
        : new Checked.Invalid<>(
            faults.stream()
                .map(fault ->
                    "%s: %s; %s".formatted(fault.column(), fault.message(), fault.remedy()))
                .toList());
  }

  /** The first one after that moment; empty if there is none within a lifetime. */
  public Optional<FireTime> next(Instant after) {
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime cursor = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
    Instant from = after;
    for (int transitions = 0; transitions < MOST_TRANSITIONS; transitions++) {
      ZoneOffsetTransition change = rules.nextTransition(from);
      Optional<LocalDateTime> match = nextMatch(cursor);
      while (match.isPresent() && isBefore(match.get(), change)) {
        if (frequent || !isRepetition(match.get(), offset)) {
          return Optional.of(fireTime(match.get(), offset));
        }
        match = nextMatch(match.get());
      }
      if (match.isEmpty() || change == null) {
        return Optional.empty();
      }
      LocalDateTime resumed = change.getDateTimeAfter();
      if (match.get().isBefore(resumed)) {
        return Optional.of(afterGap(change, match.get()));
      }
      from = change.getInstant();
      offset = change.getOffsetAfter();
      // So that a match at the very beginning is found.
      cursor = resumed.minusNanos(1);
    }
    return Optional.empty();
  }

  /** The newest one that is after the first moment and not after the second; by halving. */
  public Optional<FireTime> newest(Instant after, Instant upTo) {
    Optional<FireTime> first = next(after, upTo);
    if (first.isEmpty()) {
      return first;
    }
    FireTime newest = first.get();
    Instant end = upTo;
    Optional<FireTime> following = next(newest.at(), upTo);
    while (following.isPresent()) {
      Instant middle = newest.at().plus(Duration.between(newest.at(), end).dividedBy(2));
      Optional<FireTime> late = next(middle, upTo);
      if (late.isEmpty()) {
        end = middle;
      }
      newest = late.orElse(following.get());
      following = next(newest.at(), upTo);
    }
    return Optional.of(newest);
  }

  private Optional<FireTime> next(Instant after, Instant upTo) {
    return next(after).filter(found -> !found.at().isAfter(upTo));
  }

  /** Those after the first moment and not after the second, oldest first; no more than a limit. */
  public List<FireTime> between(Instant after, Instant upTo, int limit) {
    var found = new ArrayList<FireTime>();
    Optional<FireTime> each = next(after, upTo);
    while (found.size() < limit && each.isPresent()) {
      found.add(each.get());
      each = next(each.get().at(), upTo);
    }
    return found;
  }

  private static boolean isBefore(LocalDateTime match, @Nullable ZoneOffsetTransition change) {
    return change == null || match.isBefore(change.getDateTimeBefore());
  }

  /** Whether clocks show it for the second time. */
  private boolean isRepetition(LocalDateTime local, ZoneOffset offset) {
    ZoneOffsetTransition change = rules.getTransition(local);
    return change != null && change.isOverlap() && offset.equals(change.getOffsetAfter());
  }

  private FireTime fireTime(LocalDateTime local, ZoneOffset offset) {
    ZoneOffsetTransition change = rules.getTransition(local);
    boolean twice = change != null && change.isOverlap();
    FireTime.Kind kind =
        !twice
            ? FireTime.Kind.USUAL
            : !frequent
                ? FireTime.Kind.ONCE_OF_TWO
                : isRepetition(local, offset)
                    ? FireTime.Kind.SECOND_OF_TWO
                    : FireTime.Kind.FIRST_OF_TWO;
    return new FireTime(local.toInstant(offset), local, kind);
  }

  /** If the first local time after the gap is one of the schedule's as well, it is that one. */
  private FireTime afterGap(ZoneOffsetTransition change, LocalDateTime missing) {
    LocalDateTime resumed = change.getDateTimeAfter();
    return nextMatch(resumed.minusNanos(1)).filter(resumed::equals).isPresent()
        ? fireTime(resumed, change.getOffsetAfter())
        : new FireTime(change.getInstant(), missing, FireTime.Kind.AFTER_GAP);
  }

  private boolean firesEveryHour() {
    LocalDateTime day =
        nextMatch(LocalDateTime.of(2026, 1, 1, 0, 0)).orElseThrow().truncatedTo(ChronoUnit.DAYS);
    for (int hour = 0; hour < HOURS; hour++) {
      LocalDateTime begin = day.plusHours(hour);
      if (nextMatch(begin.minusNanos(1))
          .filter(match -> match.isBefore(begin.plusHours(1)))
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The first matching local time after that one, as in a zone whose clocks never change. */
  private Optional<LocalDateTime> nextMatch(LocalDateTime after) {
    // The library finds whole minutes after a whole minute.
    ZonedDateTime from = after.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC);
    return matches.nextExecution(from).map(ZonedDateTime::toLocalDateTime);
  }
}
