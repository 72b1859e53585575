package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.store.ScheduleRows;
import dev.core.orchestrator.store.Timetables;
import dev.core.orchestrator.trigger.Agenda;
import dev.core.orchestrator.trigger.FireTime;
import dev.core.orchestrator.trigger.Schedule;
import dev.core.orchestrator.trigger.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The schedules as they are committed, which of them want a look when, and what the configuration
 * says otherwise by now. All pipelines are read only when something was edited. Used by one thread.
 */
final class ScheduleBook {

  /** How soon an edit is noticed. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** A notice may be lost. */
  private static final Duration READ_EVERY = Duration.ofSeconds(15);

  /** What blocks a schedule may end without an edit: a dataset is written for the first time. */
  private static final Duration TRY_BLOCKED_EVERY = Duration.ofMinutes(1);

  /** So that a step stays short when all pipelines are due at midnight. */
  private static final int DATES_A_STEP = 20;

  private record Alarm(Instant at, String pipeline) {}

  private final Handle handle;
  private final Map<String, Agenda> agendas = new HashMap<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::pipeline));

  /** Whose next date waits for a run or a pause to end. */
  private final Set<String> held = new HashSet<>();

  /** Which were due in this step and are left to the next one. */
  private final Set<String> postponed = new HashSet<>();

  /** Rows of which nothing in the configuration has been seen yet. */
  private final Map<String, Schedule> rows;

  private boolean edited = true;
  private OptionalLong marker = OptionalLong.empty();
  private Instant nextLook = Instant.MIN;
  private Instant nextRead = Instant.MIN;

  ScheduleBook(Handle handle) {
    this.handle = handle;
    this.rows = ScheduleRows.read(handle);
  }

  /** The configuration may have been edited. */
  void edited() {
    edited = true;
  }

  Optional<Agenda> agenda(String pipeline) {
    return Optional.ofNullable(agendas.get(pipeline));
  }

  /** When a schedule wants a look. */
  Optional<Instant> next() {
    return Optional.ofNullable(alarms.peek()).map(Alarm::at);
  }

  /** What has to be done about schedules now. */
  List<Input> look(Instant now) {
    var inputs = new ArrayList<Input>();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(LOOK_EVERY);
      OptionalLong current = Timetables.marker(handle);
      edited |= !current.equals(marker);
      if (edited || !now.isBefore(nextRead)) {
        nextRead = now.plus(READ_EVERY);
        inputs.addAll(read(now));
        if (edited) {
          tryBlocked(now);
        }
        marker = current;
        edited = false;
      }
    }
    var due = new LinkedHashSet<String>();
    while (due.size() < DATES_A_STEP && !alarms.isEmpty() && !alarms.peek().at().isAfter(now)) {
      due.add(alarms.remove().pipeline());
    }
    due.forEach(pipeline -> inputs.add(new Input.DateDue(pipeline)));
    return inputs;
  }

  private List<Input> read(Instant now) {
    var inputs = new ArrayList<Input>();
    var gone = new HashSet<>(rows.keySet());
    gone.addAll(agendas.keySet());
    for (Timetable timetable : Timetables.read(handle)) {
      gone.remove(timetable.pipeline());
      Agenda before = agendas.get(timetable.pipeline());
      if (before == null || !before.timetable().equals(timetable)) {
        Schedule row = before == null ? rows.get(timetable.pipeline()) : before.schedule();
        Agenda.of(timetable, row, now)
            .ifPresent(agenda -> {
              if (agenda.schedule().equals(row)) {
                put(agenda, now);
              } else {
                inputs.add(new Input.Retimed(agenda));
              }
            });
      }
    }
    gone.stream().sorted().forEach(pipeline -> inputs.add(new Input.Untimed(pipeline)));
    return inputs;
  }

  private void tryBlocked(Instant now) {
    for (Agenda agenda : agendas.values()) {
      if (agenda.schedule().blocked() != null) {
        alarms.add(new Alarm(now, agenda.pipeline()));
      }
    }
  }

  /** The date of the pipeline waits for one of its runs, or for a pause, to end. */
  void hold(String pipeline) {
    held.add(pipeline);
  }

  /** The date of the pipeline is left to the next step. */
  void postpone(String pipeline) {
    postponed.add(pipeline);
  }

  void runEnded(String pipeline, Instant now) {
    if (held.remove(pipeline)) {
      alarms.add(new Alarm(now, pipeline));
    }
  }

  /** The draft is journalled. */
  void swapIn(Draft draft) {
    draft
        .agendas()
        .values()
        .forEach(agenda -> {
          rows.remove(agenda.pipeline());
          agendas.put(agenda.pipeline(), agenda);
          held.remove(agenda.pipeline());
        });
    draft
        .forgotten()
        .forEach(pipeline -> {
          rows.remove(pipeline);
          agendas.remove(pipeline);
          held.remove(pipeline);
        });
    if (!draft.resumed().isEmpty()) {
      held.forEach(pipeline -> alarms.add(new Alarm(draft.now(), pipeline)));
      held.clear();
    }
  }

  /** The inputs are journalled, or will be tried again: when their schedules want the next look. */
  void dealtWith(List<Input> inputs, Instant now) {
    for (Input input : inputs) {
      switch (input) {
        case Input.DateDue(var pipeline) -> agenda(pipeline).ifPresent(each -> alarm(each, now));
        case Input.Retimed(var agenda) ->
            agenda(agenda.pipeline())
                .ifPresentOrElse(each -> alarm(each, now), () -> nextRead = nextLook);
        case Input.Untimed _,
            Input.FromWorker _,
            Input.FromBackend _,
            Input.TimeUp _,
            Input.Asked _ -> {}
      }
    }
  }

  private void put(Agenda agenda, Instant now) {
    rows.remove(agenda.pipeline());
    agendas.put(agenda.pipeline(), agenda);
    held.remove(agenda.pipeline());
    alarm(agenda, now);
  }

  private void alarm(Agenda agenda, Instant now) {
    Optional<Instant> next = agenda.next().map(FireTime::at);
    if (next.isEmpty()) {
      return;
    }
    if (postponed.remove(agenda.pipeline())) {
      alarms.add(new Alarm(now, agenda.pipeline()));
    } else if (next.get().isAfter(now)) {
      alarms.add(new Alarm(next.get(), agenda.pipeline()));
    } else if (agenda.schedule().blocked() != null) {
      alarms.add(new Alarm(now.plus(TRY_BLOCKED_EVERY), agenda.pipeline()));
    } else if (!held.contains(agenda.pipeline())) {
      alarms.add(new Alarm(now, agenda.pipeline()));
    }
  }
}
