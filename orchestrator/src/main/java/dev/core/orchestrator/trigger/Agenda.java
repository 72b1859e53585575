package dev.core.orchestrator.trigger;

import dev.core.common.configuration.validation.RunFrequency;
import dev.core.common.variables.Checked;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which dates of a pipeline come next: what the configuration wants, and how far it has come. Pure
 * and immutable.
 */
public final class Agenda {

  /** How many of its runs may wait to be admitted before a schedule holds back. */
  static final int MOST_QUEUED = 16;

  private final Timetable timetable;
  private final Schedule schedule;
  private final Checked<FireTimes> times;

  private Agenda(Timetable timetable, Schedule schedule, Checked<FireTimes> times) {
    this.timetable = timetable;
    this.schedule = schedule;
    this.times = times;
  }

  /**
   * A date that is to be run.
   *
   * @param behind it came due while one before it had not been dealt with
   */
  public record Due(Instant date, boolean behind) {}

  /**
   * As it goes on with what the configuration says now. A new frequency, time zone or activation
   * begins with now; the first activation of a pipeline that catches up begins with its start date.
   *
   * @param before null: the pipeline never ran by itself
   * @return empty if it never did, and is not to
   */
  public static Optional<Agenda> of(Timetable timetable, @Nullable Schedule before, Instant now) {
    String frequency = timetable.frequency();
    if (!timetable.active() || frequency == null) {
      return Optional.ofNullable(before)
          .map(schedule -> with(timetable, schedule.active() ? schedule.deactivated() : schedule));
    }
    if (before != null && before.active() && isSame(before, frequency, timetable.timeZone())) {
      return Optional.of(with(timetable, before.spelled(frequency)));
    }
    return Optional.of(
        with(
            timetable,
            new Schedule(
                timetable.pipeline(),
                frequency,
                timetable.timeZone(),
                true,
                before == null ? begin(timetable, now) : now,
                now,
                null)));
  }

  /** Of a pipeline that is not active and never was. */
  public static Agenda never(Timetable timetable, Instant now) {
    return with(
        timetable,
        new Schedule(
            timetable.pipeline(),
            String.valueOf(timetable.frequency()),
            timetable.timeZone(),
            false,
            now,
            now,
            null));
  }

  private static Instant begin(Timetable timetable, Instant now) {
    Instant start = timetable.startDate();
    return timetable.catchingUp() && start != null && start.isBefore(now) ? justBefore(start) : now;
  }

  private static Agenda with(Timetable timetable, Schedule schedule) {
    return new Agenda(timetable, schedule, FireTimes.of(schedule.frequency(), schedule.timeZone()));
  }

  private static boolean isSame(Schedule before, String frequency, String timeZone) {
    if (!before.timeZone().equals(timeZone)) {
      return false;
    }
    return before.frequency().equals(frequency)
        || (RunFrequency.parse(before.frequency()) instanceof Checked.Valid<RunFrequency>(var old)
            && RunFrequency.parse(frequency) instanceof Checked.Valid<RunFrequency>(var next)
            && old.equals(next));
  }

  public Timetable timetable() {
    return timetable;
  }

  public Schedule schedule() {
    return schedule;
  }

  public String pipeline() {
    return timetable.pipeline();
  }

  /** Why it never fires, if it cannot be read. */
  public List<String> problems() {
    return times.problems();
  }

  /** The first date that has not been dealt with; empty if it is not to run by itself. */
  public Optional<FireTime> next() {
    return times().flatMap(each -> each.next(from()));
  }

  /** Dates from the next one on, as far as they are known to be wanted. */
  public List<FireTime> upcoming(Instant after, int count) {
    Instant begin = from().isAfter(after) ? from() : after;
    return times().map(each -> each.between(begin, Instant.MAX, count)).orElse(List.of());
  }

  /** The date that is to be run now: without catching up the newest that was missed. */
  public Optional<Due> due(Instant now) {
    return next()
        .map(FireTime::at)
        .filter(first -> !first.isAfter(now))
        .map(first -> timetable.catchingUp() ? first : newest(now).orElse(first))
        .map(date -> new Due(date, schedule.movedAt().isAfter(date)));
  }

  private Optional<Instant> newest(Instant now) {
    return times().flatMap(each -> each.newest(from(), now)).map(FireTime::at);
  }

  /** How many dates have come and not been dealt with, as far as they are counted. */
  public int behind(Instant now, int limit) {
    return times().map(each -> each.between(from(), now, limit).size()).orElse(0);
  }

  /**
   * Whether a date may be run now. One that is behind waits for its turn, so that catching up
   * neither queues, skips nor cancels anything; one that is on time meets the overlap policy.
   *
   * @param unfinished runs of the pipeline
   * @param queued those of them that wait to be admitted
   */
  public boolean hasRoom(Due due, int unfinished, int queued) {
    return due.behind() ? unfinished < timetable.atOnce() : queued < MOST_QUEUED;
  }

  /** After a date has been dealt with. */
  public Agenda moved(Instant date, Instant now) {
    return new Agenda(timetable, schedule.moved(date, now), times);
  }

  /** After a date was found not to be runnable. */
  public Agenda blocked(Instant date, List<String> problems, Instant now) {
    return new Agenda(timetable, schedule.blocked(date, problems, now), times);
  }

  /** The same for the date that is due, if one is. */
  public Optional<Agenda> blockedBy(String problem, Instant now) {
    return due(now).map(due -> blocked(due.date(), List.of(problem), now));
  }

  private Optional<FireTimes> times() {
    return schedule.active() && times instanceof Checked.Valid<FireTimes>(var valid)
        ? Optional.of(valid)
        : Optional.empty();
  }

  /** Dates are wanted after it. */
  private Instant from() {
    Instant start = timetable.startDate();
    return start == null || !justBefore(start).isAfter(schedule.cursor())
        ? schedule.cursor()
        : justBefore(start);
  }

  private static Instant justBefore(Instant moment) {
    return moment.minus(1, ChronoUnit.MICROS);
  }
}
