package dev.core.orchestrator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cursor moves from date to date, with a run for each that it reaches; it leaves dates out only
 * without catch-up, and then reaches the newest. Frequencies here are of so many minutes, so that
 * dates are known without asking the engine.
 */
final class ScheduleLaw {

  private static final Duration SOON = Duration.ofMinutes(2);

  /** So long after an edit a leader surely knows of it, in microseconds. */
  private static final long NOTICED = 60_000_000;

  private final Rows rows;
  private final Simulation simulation;

  /** Since when a pipeline has had no run under way. */
  private final Map<String, Instant> idleSince = new TreeMap<>();

  ScheduleLaw(Rows rows, Simulation simulation) {
    this.rows = rows;
    this.simulation = simulation;
  }

  void check(RowChange change) {
    Row schedule = change.now();
    Row before = change.before();
    if (before == null
        || change.changed("run_frequency")
        || change.changed("time_zone")
        || !change.changed("cursor_at")) {
      return;
    }
    Instant from = time(before);
    Instant to = time(schedule);
    String pipeline = schedule.required("pipeline");
    long seconds = Scenario.period(schedule.required("run_frequency")).toSeconds();
    // Whoever is activated again starts from now, which is no date of the schedule; a run that was
    // started by hand in the same step has that very moment as its date.
    if (to.getNano() != 0 || to.getEpochSecond() % seconds != 0) {
      return;
    }
    if (rows.runs().stream()
        .noneMatch(run -> run.is("pipeline", pipeline) && to.equals(run.time("logical_date")))) {
      throw new Violation(Law.SCHEDULES, "the cursor of %s passes %s".formatted(pipeline, to));
    }
    simulation.tally().count("dates", 1);
    Instant next = Instant.ofEpochSecond((from.getEpochSecond() / seconds + 1) * seconds);
    Instant newest =
        Instant.ofEpochSecond(simulation.time().instant().getEpochSecond() / seconds * seconds);
    boolean catchingUp =
        simulation.scenario().catchesUp(pipeline)
            && simulation.time().micros() - simulation.scenario().retimedAt() > NOTICED;
    if (to.isAfter(newest) || (catchingUp && !to.equals(next))) {
      throw new Violation(
          Law.SCHEDULES,
          "the cursor of %s goes from %s to %s; the next date is %s, the newest %s"
              .formatted(pipeline, from, to, next, newest));
    }
  }

  private static Instant time(Row schedule) {
    Instant cursor = schedule.time("cursor_at");
    if (cursor == null) {
      throw new IllegalStateException("no cursor in " + schedule);
    }
    return cursor;
  }

  /** Called from time to time while there has been a leader for long, and no fault. */
  void checkProgress() {
    Instant now = simulation.time().instant();
    for (Row schedule : rows.schedules()) {
      String pipeline = schedule.required("pipeline");
      boolean busy =
          Boolean.FALSE.equals(schedule.get("is_active"))
              || rows.paused(pipeline)
              || rows.runs().stream()
                  .anyMatch(run ->
                      run.is("pipeline", pipeline)
                          && run.is("status", "QUEUED", "RUNNING", "CANCELLING"));
      if (busy) {
        idleSince.put(pipeline, now);
        continue;
      }
      Instant since = idleSince.computeIfAbsent(pipeline, _ -> now);
      long seconds = Scenario.period(schedule.required("run_frequency")).toSeconds();
      Instant due =
          Instant.ofEpochSecond((time(schedule).getEpochSecond() / seconds + 1) * seconds);
      if (due.plus(SOON).isBefore(now) && since.plus(SOON).isBefore(now)) {
        throw new Violation(
            Law.SCHEDULES, "%s has no run of %s, and it is %s".formatted(pipeline, due, now));
      }
    }
  }
}
