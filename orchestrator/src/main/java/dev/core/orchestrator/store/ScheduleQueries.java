package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.store.ScheduleSummary.LastRun;
import dev.core.orchestrator.store.ScheduleSummary.Status;
import dev.core.orchestrator.trigger.Agenda;
import dev.core.orchestrator.trigger.FireTime;
import dev.core.orchestrator.trigger.Schedule;
import dev.core.orchestrator.trigger.Timetable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * How schedules stand, from the configuration and the rows: it works also while nobody leads, and
 * says what a leader would make of them.
 */
public final class ScheduleQueries {

  private final Jdbi jdbi;

  public ScheduleQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Of all pipelines with a frequency, by name. */
  public List<ScheduleSummary> list() {
    return jdbi.withHandle(handle -> {
      var facts = new Facts(handle, new RunQueries(jdbi).leader());
      return Timetables.read(handle).stream()
          .flatMap(timetable -> facts.agenda(timetable).stream())
          .map(facts::summary)
          .toList();
    });
  }

  /**
   * Of one pipeline, with its next dates; empty if it has no frequency, or is none.
   *
   * @param next how many dates
   */
  public Optional<ScheduleDetail> find(String pipeline, int next) {
    return jdbi.withHandle(handle -> {
      var facts = new Facts(handle, new RunQueries(jdbi).leader());
      return Timetables.read(handle).stream()
          .filter(timetable -> timetable.pipeline().equals(pipeline))
          .flatMap(timetable -> facts.agenda(timetable).stream())
          .map(agenda ->
              new ScheduleDetail(
                  facts.summary(agenda),
                  agenda.upcoming(facts.now, next).stream()
                      .map(time -> PlannedDate.of(time, zone(agenda)))
                      .toList()))
          .findFirst();
    });
  }

  private static ZoneId zone(Agenda agenda) {
    try {
      return ZoneId.of(agenda.timetable().timeZone());
    } catch (DateTimeException _) {
      return ZoneOffset.UTC; // it fires never, and its problems say so
    }
  }

  /** What is read once for all schedules. */
  private static final class Facts {
    final Instant now;
    final Leader leader;
    final Map<String, Schedule> rows;
    final Map<String, Pause> pauses;
    final Map<String, List<Long>> unfinished = new HashMap<>();
    final Map<String, LastRun> lastRuns = new HashMap<>();

    Facts(Handle handle, Leader leader) {
      this.leader = leader;
      now =
          handle
              .createQuery("select execution.clock()")
              .mapTo(OffsetDateTime.class)
              .one()
              .toInstant();
      rows = ScheduleRows.read(handle);
      pauses = PauseRows.read(handle);
      handle
          .createQuery(
              """
              select id, pipeline from execution.runs
              where status in ('QUEUED', 'RUNNING', 'CANCELLING') order by id
              """)
          .map((row, _) -> Map.entry(row.getString("pipeline"), row.getLong("id")))
          .forEach(run ->
              unfinished.computeIfAbsent(run.getKey(), _ -> new ArrayList<>()).add(run.getValue()));
      handle
          .createQuery(
              """
              select id, pipeline, logical_date, status from execution.runs
              where id in (select max(id) from execution.runs
                where trigger_kind = 'schedule' group by pipeline)
              """)
          .map((row, _) ->
              Map.entry(
                  row.getString("pipeline"),
                  new LastRun(
                      row.getLong("id"),
                      Columns.requiredInstant(row, "logical_date"),
                      row.getString("status"))))
          .forEach(run -> lastRuns.put(run.getKey(), run.getValue()));
    }

    /** Empty without a frequency. */
    Optional<Agenda> agenda(Timetable timetable) {
      if (timetable.frequency() == null) {
        return Optional.empty();
      }
      return Agenda.of(timetable, rows.get(timetable.pipeline()), now)
          .or(() -> Optional.of(Agenda.never(timetable, now)));
    }

    ScheduleSummary summary(Agenda agenda) {
      Timetable timetable = agenda.timetable();
      String pipeline = timetable.pipeline();
      Pause pause = PauseRows.of(pauses, pipeline).orElse(null);
      Status status = status(agenda, pause);
      Schedule row = rows.get(pipeline);
      return new ScheduleSummary(
          pipeline,
          status,
          explanation(agenda, status, pause),
          problems(agenda),
          String.valueOf(timetable.frequency()),
          timetable.timeZone(),
          timetable.active(),
          timetable.startDate(),
          timetable.catchingUp(),
          timetable.overlapPolicy(),
          row == null ? null : row.cursor(),
          agenda.upcoming(now, 1).stream()
              .map((FireTime time) -> PlannedDate.of(time, zone(agenda)))
              .findFirst()
              .orElse(null),
          agenda.behind(now, ScheduleSummary.MOST_COUNTED),
          pause,
          lastRuns.get(pipeline));
    }

    private static List<String> problems(Agenda agenda) {
      var blocked = agenda.schedule().blocked();
      return !agenda.problems().isEmpty()
          ? agenda.problems()
          : blocked == null ? List.of() : blocked.problems();
    }

    private Status status(Agenda agenda, @Nullable Pause pause) {
      if (!agenda.timetable().active()) {
        return Status.INACTIVE;
      }
      if (pause != null) {
        return Status.PAUSED;
      }
      if (!problems(agenda).isEmpty()) {
        return Status.BLOCKED;
      }
      return agenda.due(now).isPresent() ? Status.BEHIND : Status.ON_TIME;
    }

    private @Nullable String explanation(Agenda agenda, Status status, @Nullable Pause pause) {
      return switch (status) {
        case ON_TIME -> null;
        case INACTIVE -> "the pipeline is not active; set pipelines.is_active to true";
        case PAUSED ->
            pause == null
                ? null
                : "%s %s; `core resume %s`"
                    .formatted(
                        pause.isOfAll() ? "every pipeline is paused" : "the pipeline is paused",
                        pause.told(),
                        pause.isOfAll() ? "--all" : pause.scope());
        case BLOCKED -> "its configuration allows no run; it goes on when that is corrected";
        case BEHIND -> behind(agenda);
      };
    }

    private String behind(Agenda agenda) {
      if (!leader.alive()) {
        return "no orchestrator leads; start one: `core server`";
      }
      var runs = unfinished.getOrDefault(agenda.pipeline(), List.of());
      return runs.isEmpty()
          ? "the next date is about to start"
          : "waits for run %d to end (overlap policy %s); %s"
              .formatted(
                  runs.getFirst(),
                  agenda.timetable().overlapPolicy(),
                  agenda.timetable().catchingUp()
                      ? "then date follows date"
                      : "then the newest date is run");
    }
  }
}
