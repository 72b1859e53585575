package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.SetAside;
import dev.core.orchestrator.trigger.Agenda;
import dev.core.orchestrator.trigger.Schedule.Blocked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the runs of schedules in a draft: the cursor moves in the same transaction that makes the
 * run. One date of a pipeline at a time.
 */
final class Scheduling {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

  private static final String TRIGGER = "schedule";

  private final ScheduleBook book;
  private final Quarantine quarantine;
  private final Pauses pauses;
  private final Starting starting;

  Scheduling(ScheduleBook book, Quarantine quarantine, Pauses pauses, Starting starting) {
    this.pauses = pauses;
    this.book = book;
    this.quarantine = quarantine;
    this.starting = starting;
  }

  /** Runs of a pipeline that have not ended. */
  private record Unfinished(int runs, int queued) {
    static final Unfinished NONE = new Unfinished(0, 0);

    Unfinished and(Run run) {
      return new Unfinished(runs + 1, queued + (run.status() == RunStatus.QUEUED ? 1 : 0));
    }
  }

  void apply(Handle handle, Draft draft, List<Input> inputs) {
    boolean any = false;
    for (Input input : inputs) {
      switch (input) {
        case Input.Retimed(var agenda) -> draft.schedule(agenda);
        case Input.Untimed(var pipeline) -> draft.forget(pipeline);
        case Input.DateDue _ -> any = true;
        case Input.FromWorker _, Input.FromBackend _, Input.TimeUp _, Input.Asked _ -> {}
      }
    }
    if (any) {
      var unfinished = unfinished(draft);
      // To say all that is wrong with one takes the whole configuration, so it is one a step.
      boolean impossible = false;
      for (Input input : inputs) {
        if (input instanceof Input.DateDue(var pipeline)) {
          if (impossible) {
            book.postpone(pipeline);
          } else {
            impossible =
                !due(handle, draft, pipeline, unfinished.getOrDefault(pipeline, Unfinished.NONE));
          }
        }
      }
    }
  }

  private Map<String, Unfinished> unfinished(Draft draft) {
    var unfinished = new HashMap<String, Unfinished>();
    Stream.concat(
            draft.runs().stream().filter(run -> !run.status().terminal()),
            quarantine.runs().stream().filter(SetAside::active).map(SetAside::run))
        .forEach(run ->
            unfinished.merge(
                run.header().pipeline(), Unfinished.NONE.and(run), (all, _) -> all.and(run)));
    return unfinished;
  }

  /**
   * @return false if the configuration allows no run
   */
  private boolean due(Handle handle, Draft draft, String pipeline, Unfinished unfinished) {
    Agenda known = draft.agendas().get(pipeline);
    Optional<Agenda> agenda = known == null ? book.agenda(pipeline) : Optional.of(known);
    if (agenda.isEmpty() || draft.forgotten().contains(pipeline)) {
      return true;
    }
    Optional<Agenda.Due> due = agenda.get().due(draft.now());
    if (due.isEmpty()) {
      return true;
    }
    if (pauses.hold(draft, pipeline)
        || !agenda.get().hasRoom(due.get(), unfinished.runs(), unfinished.queued())) {
      book.hold(pipeline);
      return true;
    }
    return run(handle, draft, agenda.get(), due.get());
  }

  private boolean run(Handle handle, Draft draft, Agenda agenda, Agenda.Due due) {
    String pipeline = agenda.pipeline();
    if (Starting.rerunNumber(handle, draft, pipeline, due.date()) > 0) {
      // Somebody started it by hand, for that very date.
      draft.schedule(agenda.moved(due.date(), draft.now()));
      return true;
    }
    var command = new Command.StartRun(pipeline, TRIGGER, Map.of(), due.date());
    return switch (starting.make(handle, draft, command, TRIGGER)) {
      case Starting.Made _ -> {
        draft.schedule(agenda.moved(due.date(), draft.now()));
        yield true;
      }
      case Starting.Impossible(_, var problems) -> {
        block(draft, agenda, due, problems);
        yield false;
      }
    };
  }

  private static void block(Draft draft, Agenda agenda, Agenda.Due due, List<String> problems) {
    if (problems.isEmpty()) {
      // The pipeline is gone; the next look at the configuration forgets its schedule.
      return;
    }
    Blocked before = agenda.schedule().blocked();
    if (before == null
        || !before.date().equals(due.date())
        || !before.problems().equals(problems)) {
      LOG.warn(
          "the schedule of {} waits before {}: {}",
          agenda.pipeline(),
          due.date(),
          String.join("; ", problems));
      draft.schedule(agenda.blocked(due.date(), problems, draft.now()));
    }
  }
}
