package dev.core.orchestrator.trigger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the schedule of a pipeline has come: its row, which the leader writes together with the
 * runs that it starts.
 *
 * @param frequency and {@code timeZone}: what the cursor was moved by
 * @param active false: the pipeline was not to run by itself when it was last looked at
 * @param cursor the newest logical date that has been dealt with, or where it begins
 * @param movedAt when the cursor was moved there
 * @param blocked why it does not go on; null: it does
 */
public record Schedule(
    String pipeline,
    String frequency,
    String timeZone,
    boolean active,
    Instant cursor,
    Instant movedAt,
    @Nullable Blocked blocked) {

  /**
   * The configuration does not allow a run.
   *
   * @param date the logical date that waits for it
   * @param problems each a sentence for people
   */
  public record Blocked(Instant date, Instant since, List<String> problems) {
    public Blocked {
      problems = List.copyOf(problems);
    }
  }

  Schedule deactivated() {
    return new Schedule(pipeline, frequency, timeZone, false, cursor, movedAt, null);
  }

  /** The same times in other words, such as {@code @daily} for {@code daily}. */
  Schedule spelled(String otherFrequency) {
    return new Schedule(pipeline, otherFrequency, timeZone, active, cursor, movedAt, blocked);
  }

  Schedule moved(Instant date, Instant now) {
    return new Schedule(pipeline, frequency, timeZone, active, date, now, null);
  }

  Schedule blocked(Instant date, List<String> problems, Instant now) {
    Instant since = blocked == null || !blocked.date().equals(date) ? now : blocked.since();
    return new Schedule(
        pipeline, frequency, timeZone, active, cursor, movedAt, new Blocked(date, since, problems));
  }
}
