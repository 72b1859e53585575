package dev.core.orchestrator.engine.loop;

import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Deadlines;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Effects;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.store.Journal;
import dev.core.orchestrator.store.PendingCommand;
import dev.core.orchestrator.store.WorkerNews;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Makes drafts true: journals them, and only then takes them over into memory and carries out what
 * follows. Used by one thread.
 */
final class Committing {

  /** A worker has to act in between each time, so this many in one step are a bug. */
  private static final int OVERTAKEN_AT_MOST = 100;

  private final Handle handle;
  private final Journal journal;
  private final Lease lease;
  private final ActiveRuns runs;
  private final Quarantine quarantine;
  private final ScheduleBook schedules;
  private final Pauses pauses;
  private final Drafting drafting;
  private final Deadlines deadlines;
  private final Timers timers;
  private final Courier courier;

  Committing(
      Handle handle,
      Journal journal,
      Lease lease,
      ActiveRuns runs,
      Quarantine quarantine,
      ScheduleBook schedules,
      Pauses pauses,
      Drafting drafting,
      Deadlines deadlines,
      Timers timers,
      Courier courier) {
    this.handle = handle;
    this.journal = journal;
    this.lease = lease;
    this.runs = runs;
    this.quarantine = quarantine;
    this.schedules = schedules;
    this.pauses = pauses;
    this.drafting = drafting;
    this.deadlines = deadlines;
    this.timers = timers;
    this.courier = courier;
  }

  /** What became of a step. */
  enum Result {
    /** There was nothing to write. */
    NOTHING,
    WRITTEN,
    /** Another leads: forget everything. */
    FENCED
  }

  /** Takes up a run as its rows say it stands. */
  void take(Run run) {
    runs.put(run);
    run.tasks().forEach(task -> addTimer(run, task.index()));
  }

  /** Deals with all of these inputs in one transaction. */
  Result write(Instant now, List<Input> inputs, boolean dispatch) throws SQLException {
    // What was read again stays: a draft without it would be overtaken by the same once more.
    var reread = new TreeMap<Claim, WorkerNews>();
    for (int times = 0; times < OVERTAKEN_AT_MOST; times++) {
      Draft draft = drafting.draft(now, inputs, List.copyOf(reread.values()), dispatch);
      var entry = draft.entry();
      if (entry.isEmpty() && !lease.wantsRenewal()) {
        return Result.NOTHING;
      }
      long sentAt = lease.now();
      switch (journal.write(entry)) {
        case Journal.Written _ -> {
          lease.renewed(sentAt);
          swapIn(draft, now);
          return entry.isEmpty() ? Result.NOTHING : Result.WRITTEN;
        }
        case Journal.Fenced _ -> {
          return Result.FENCED;
        }
        case Journal.Overtaken(var attemptIds) ->
            WorkerNews.of(handle, attemptIds)
                .forEach(news -> reread.put(new Claim(news.attemptId(), news.partition()), news));
      }
    }
    throw new IllegalStateException(
        "claims of attempts "
            + reread.keySet().stream().map(Claim::attemptId).distinct().toList()
            + " cannot be closed, and nothing in them is new");
  }

  /** Which row of claims. */
  private record Claim(long attemptId, int partition) implements Comparable<Claim> {
    @Override
    public int compareTo(Claim other) {
      int byAttempt = Long.compare(attemptId, other.attemptId);
      return byAttempt == 0 ? Integer.compare(partition, other.partition) : byAttempt;
    }
  }

  /** Only what may be submitted of one run. */
  Result writeDispatch(Instant now, long runId) throws SQLException {
    Draft draft = drafting.dispatchOf(now, runId);
    if (draft.entry().isEmpty()) {
      return Result.NOTHING;
    }
    return switch (journal.write(draft.entry())) {
      case Journal.Written _ -> {
        swapIn(draft, now);
        yield Result.WRITTEN;
      }
      case Journal.Fenced _ -> Result.FENCED;
      // Dispatching closes no claim.
      case Journal.Overtaken _ -> Result.NOTHING;
    };
  }

  /** Leaves a run alone until it is released. */
  Result quarantine(long runId, String why) {
    Run run = runs.get(runId);
    if (run != null) {
      quarantine.add(run);
      runs.remove(runId);
    }
    return switch (journal.quarantine(runId, why)) {
      case Journal.Written _, Journal.Overtaken _ -> Result.WRITTEN;
      case Journal.Fenced _ -> Result.FENCED;
    };
  }

  /** Lets a schedule wait that cannot be journalled, with the reason beside it. */
  Result block(String pipeline, String why, Instant now) throws SQLException {
    Draft draft = drafting.empty(now);
    schedules
        .agenda(pipeline)
        .flatMap(agenda -> agenda.blockedBy("its run could not be recorded: " + why, now))
        .ifPresent(draft::schedule);
    if (journal.write(draft.entry()) instanceof Journal.Fenced) {
      return Result.FENCED;
    }
    swapIn(draft, now);
    return Result.WRITTEN;
  }

  /** Answers a command that cannot be applied. */
  Result refuse(PendingCommand command, String why, Instant now) throws SQLException {
    Draft draft = drafting.empty(now);
    draft.answer(command.id(), new CommandAnswer(true, "it could not be applied: " + why, null));
    return journal.write(draft.entry()) instanceof Journal.Fenced ? Result.FENCED : Result.WRITTEN;
  }

  /** The draft is journalled: only now it becomes what is, and its effects are carried out. */
  private void swapIn(Draft draft, Instant now) {
    var effects = new LinkedHashMap<Run, List<Effect>>();
    for (long id : draft.changed()) {
      Run run = draft.run(id);
      if (run == null) {
        continue;
      }
      var touched = draft.touched().getOrDefault(id, Set.of());
      Run pruned = run.pruned(touched);
      if (run.status().terminal()) {
        schedules.runEnded(run.header().pipeline(), now);
      }
      if (pruned.settled()) {
        runs.remove(id);
      } else {
        runs.put(pruned);
      }
      var outstanding = new ArrayList<Effect>();
      if (draft.wholeRuns().contains(id)) {
        outstanding.addAll(Effects.outstanding(pruned, now));
        pruned.tasks().forEach(task -> addTimer(pruned, task.index()));
      } else {
        for (int index : touched) {
          outstanding.addAll(Effects.outstanding(pruned.tasks().get(index), now));
          addTimer(pruned, index);
        }
      }
      if (!outstanding.isEmpty()) {
        effects.put(pruned, outstanding);
      }
    }
    draft.released().forEach(quarantine::release);
    schedules.swapIn(draft);
    pauses.swapIn(draft);
    courier.carryOut(effects, now);
  }

  private void addTimer(Run run, int index) {
    deadlines.next(run, run.tasks().get(index)).ifPresent(at -> timers.add(at, run.id(), index));
  }

  /** Ends the term if the failure is one of the database, which nothing but reloading mends. */
  static void endIfTransient(Exception failure) {
    if (TransientFailure.of(failure).isPresent()) {
      throw new TermOver("the database failed; reading everything back", failure);
    }
  }
}
