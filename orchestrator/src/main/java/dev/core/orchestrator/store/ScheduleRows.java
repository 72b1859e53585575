package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.orchestrator.trigger.Schedule;
import dev.core.orchestrator.trigger.Schedule.Blocked;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How far schedules have come. Only the leader writes them, in the transaction of their runs. */
public final class ScheduleRows {

  private static final String UPDATE =
      """
      update execution.schedules
      set run_frequency = ?, time_zone = ?, is_active = ?, cursor_at = ?, updated_at = ?,
        blocked_date = ?, blocked_since = ?, problems = ?
      where pipeline = ?
      """;

  private static final String INSERT =
      """
      insert into execution.schedules (run_frequency, time_zone, is_active, cursor_at, updated_at,
        blocked_date, blocked_since, problems, pipeline)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELETE = "delete from execution.schedules where pipeline = ?";

  private ScheduleRows() {}

  /** By pipeline. */
  public static Map<String, Schedule> read(Handle handle) {
    try (var query =
        handle.createQuery(
            """
            select pipeline, run_frequency, time_zone, is_active, cursor_at, updated_at,
              blocked_date, blocked_since, problems
            from execution.schedules
            """)) {
      var schedules = new HashMap<String, Schedule>();
      query.map((row, _) -> schedule(row)).forEach(each -> schedules.put(each.pipeline(), each));
      return schedules;
    }
  }

  private static Schedule schedule(ResultSet row) throws SQLException {
    return new Schedule(
        row.getString("pipeline"),
        row.getString("run_frequency"),
        row.getString("time_zone"),
        row.getBoolean("is_active"),
        Columns.requiredInstant(row, "cursor_at"),
        Columns.requiredInstant(row, "updated_at"),
        blocked(row));
  }

  private static @Nullable Blocked blocked(ResultSet row) throws SQLException {
    var date = Columns.instant(row, "blocked_date");
    var problems = Columns.json(row, "problems");
    if (date == null || problems == null) {
      return null;
    }
    var sentences = new ArrayList<String>();
    problems.forEach(each -> sentences.add(each.asText()));
    return new Blocked(date, Columns.requiredInstant(row, "blocked_since"), sentences);
  }

  static void write(Connection connection, JournalEntry.Triggers triggers) throws SQLException {
    List<Schedule> schedules = triggers.schedules();
    int[] updated = BatchStatement.execute(connection, UPDATE, schedules, ScheduleRows::bind);
    var missing = new ArrayList<Schedule>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        missing.add(schedules.get(i));
      }
    }
    UpdateCounts.require(
        BatchStatement.execute(connection, INSERT, missing, ScheduleRows::bind), "schedules");
    int[] _ =
        BatchStatement.execute(
            connection, DELETE, triggers.forgotten(), (row, pipeline) -> row.text(pipeline));
  }

  private static void bind(RowValues row, Schedule schedule) throws SQLException {
    Blocked blocked = schedule.blocked();
    row.text(schedule.frequency())
        .text(schedule.timeZone())
        .flag(schedule.active())
        .time(schedule.cursor())
        .time(schedule.movedAt())
        .time(blocked == null ? null : blocked.date())
        .time(blocked == null ? null : blocked.since())
        .text(blocked == null ? null : Json.write(blocked.problems()))
        .text(schedule.pipeline());
  }
}
