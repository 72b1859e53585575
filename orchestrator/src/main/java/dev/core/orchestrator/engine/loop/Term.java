package dev.core.orchestrator.engine.loop;

import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.Deadlines;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Effects;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.store.Journal;
import dev.core.orchestrator.store.NextIds;
import dev.core.orchestrator.store.PendingCommand;
import dev.core.orchestrator.store.RunLoader;
import dev.core.orchestrator.store.WorkerNews;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One term of leadership: the committed runs in memory, and the steps that change them. Whatever
 * goes wrong with the database ends the term; the next one reads everything back from the rows, by
 * the same way as after a crash. Used by one thread.
 */
final class Term {

  private static final Logger LOG = LoggerFactory.getLogger(Term.class);

  /** Effects that were lost or failed are derived again this often. */
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

  /** A worker has to act in between each time, so this many in one step are a bug. */
  private static final int OVERTAKEN_AT_MOST = 100;

  /** A run that cannot be journalled alone this often is left alone. */
  private static final int TRIES_BEFORE_QUARANTINE = 3;

  /** Begins the subject of what is submitted of a run, as distinct from its news. */
  private static final String DISPATCH = "dispatch of run ";

  private final Handle handle;
  private final Journal journal;
  private final Lease lease;
  private final Drafting drafting;
  private final Deadlines deadlines;
  private final Courier courier;
  private final Observer observer;

  private final Map<Long, Run> runs = new TreeMap<>();
  private final Timers timers = new Timers();

  /** How often in a row a subject could not be journalled. */
  private final Map<String, Integer> failures = new HashMap<>();

  /** Answers that could not be journalled; unlike other inputs they are not found again. */
  private final List<Input.FromBackend> again = new ArrayList<>();

  private Instant nextSweep = Instant.MIN;
  private Instant lastStep = Instant.EPOCH;
  private boolean busy;

  Term(
      Handle handle,
      Journal journal,
      Lease lease,
      ComputeBackend backend,
      CommandDesk desk,
      LeaderOptions options,
      RandomGenerator random,
      Courier courier,
      Observer observer) {
    this.handle = handle;
    this.journal = journal;
    this.lease = lease;
    this.deadlines = new Deadlines(options.policy());
    this.courier = courier;
    this.observer = observer;
    this.drafting =
        new Drafting(
            handle,
            runs,
            new RunMachine(options.policy()),
            deadlines,
            NextIds.read(handle),
            desk,
            new Dispatching(handle, backend, courier, options, random));
    new RunLoader(handle).active().forEach(this::take);
  }

  private void take(Run run) {
    runs.put(run.id(), run);
    run.tasks().forEach(task -> addTimer(run, task.index()));
  }

  /** How many runs it has something to do about. */
  int runs() {
    return runs.size();
  }

  /** Whether the last step found something to do. */
  boolean busy() {
    return busy;
  }

  /** How long it is until a task wants a look, by the time of the last step. */
  Optional<Duration> nextTimer() {
    return timers.next().map(at -> Duration.between(lastStep, at));
  }

  /** Whether workers or backends may have news. */
  boolean hasLiveTasks() {
    return runs.values().stream().anyMatch(run -> run.live() > 0);
  }

  /**
   * Deals with all that is new.
   *
   * @return false if another leads: forget everything
   * @throws RuntimeException if the database is away; the term is over
   */
  boolean step(List<Input.FromBackend> fromBackend) {
    Instant now =
        handle
            .createQuery("select execution.clock()")
            .mapTo(OffsetDateTime.class)
            .one()
            .toInstant();
    lastStep = now;
    var inputs = new ArrayList<Input>();
    WorkerNews.read(handle).forEach(news -> inputs.add(new Input.FromWorker(news)));
    List<Input.FromBackend> answers = Stream.concat(again.stream(), fromBackend.stream()).toList();
    again.clear();
    courier.heard(answers);
    inputs.addAll(answers);
    inputs.addAll(timers.due(now));
    PendingCommand.read(handle).forEach(command -> inputs.add(new Input.Asked(command)));
    busy = !inputs.isEmpty();
    if (!write(now, inputs)) {
      return false;
    }
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(SWEEP_EVERY);
      sweep(now);
    }
    return true;
  }

  private boolean write(Instant now, List<Input> inputs) {
    try {
      boolean leads = write(now, inputs, true);
      inputs.forEach(input -> failures.remove(input.subject()));
      failures.keySet().removeIf(subject -> subject.startsWith(DISPATCH));
      return leads;
    } catch (RuntimeException | SQLException e) {
      if (TransientFailure.of(e).isPresent()) {
        throw new TermOver("the database failed; reading everything back", e);
      }
      LOG.warn(
          "a step of {} inputs failed; trying them one by one: {}", inputs.size(), e.toString());
      return writeEachAlone(now, inputs);
    }
  }

  private boolean write(Instant now, List<Input> inputs, boolean dispatch) throws SQLException {
    // What was read again stays: a draft without it would be overtaken by the same once more.
    var reread = new TreeMap<Long, WorkerNews>();
    for (int times = 0; times < OVERTAKEN_AT_MOST; times++) {
      Draft draft = drafting.draft(now, inputs, List.copyOf(reread.values()), dispatch);
      var entry = draft.entry();
      if (entry.isEmpty() && !lease.wantsRenewal()) {
        return true;
      }
      long sentAt = lease.now();
      switch (journal.write(entry)) {
        case Journal.Written _ -> {
          lease.renewed(sentAt);
          busy |= !entry.isEmpty();
          swapIn(draft, now);
          return true;
        }
        case Journal.Fenced _ -> {
          return false;
        }
        case Journal.Overtaken(var attemptIds) ->
            WorkerNews.of(handle, attemptIds).forEach(news -> reread.put(news.attemptId(), news));
      }
    }
    throw new IllegalStateException(
        "claims of attempts " + reread.keySet() + " cannot be closed, and nothing in them is new");
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
      if (pruned.settled()) {
        runs.remove(id);
      } else {
        runs.put(id, pruned);
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
    courier.carryOut(effects, now);
  }

  private void addTimer(Run run, int index) {
    deadlines.next(run, run.tasks().get(index)).ifPresent(at -> timers.add(at, run.id(), index));
  }

  private void sweep(Instant now) {
    var effects = new LinkedHashMap<Run, List<Effect>>();
    for (Run run : runs.values()) {
      List<Effect> outstanding = Effects.outstanding(run, now);
      if (!outstanding.isEmpty()) {
        effects.put(run, outstanding);
      }
    }
    courier.carryOut(effects, now);
    observer.look(runs.values(), now);
  }

  /** One subject that cannot be journalled must not hold up the others. */
  private boolean writeEachAlone(Instant now, List<Input> inputs) {
    var bySubject = new LinkedHashMap<String, List<Input>>();
    for (Input input : inputs) {
      bySubject.computeIfAbsent(input.subject(), _ -> new ArrayList<>()).add(input);
    }
    for (var each : bySubject.entrySet()) {
      if (!alone(each.getKey(), () -> write(now, each.getValue(), false), now, each.getValue())) {
        return false;
      }
    }
    for (long id : List.copyOf(runs.keySet())) {
      if (!alone(DISPATCH + id, () -> writeDispatch(now, id), now, List.of())) {
        return false;
      }
    }
    return true;
  }

  private boolean writeDispatch(Instant now, long runId) throws SQLException {
    Draft draft = drafting.dispatchOf(now, runId);
    if (draft.entry().isEmpty()) {
      return true;
    }
    return switch (journal.write(draft.entry())) {
      case Journal.Written _ -> {
        swapIn(draft, now);
        yield true;
      }
      case Journal.Fenced _ -> false;
      // Dispatching closes no claim.
      case Journal.Overtaken _ -> true;
    };
  }

  private interface Writing {
    boolean write() throws SQLException;
  }

  private boolean alone(String subject, Writing writing, Instant now, List<Input> inputs) {
    try {
      boolean leads = writing.write();
      failures.remove(subject);
      return leads;
    } catch (RuntimeException | SQLException e) {
      if (TransientFailure.of(e).isPresent()) {
        throw new TermOver("the database failed; reading everything back", e);
      }
      int times = failures.merge(subject, 1, Integer::sum);
      LOG.warn("{} could not be journalled, time {}: {}", subject, times, e.toString());
      if (times < TRIES_BEFORE_QUARANTINE) {
        inputs.forEach(input -> keep(input, now));
        return true;
      }
      failures.remove(subject);
      return giveUp(inputs, subject, e, now);
    }
  }

  private void keep(Input input, Instant now) {
    switch (input) {
      case Input.TimeUp(long runId, int task) -> timers.add(now.plus(SWEEP_EVERY), runId, task);
      case Input.FromBackend answer -> {
        again.add(answer);
        courier.unheard(answer);
      }
      // Their rows still say that they are new.
      case Input.FromWorker _, Input.Asked _ -> {}
    }
  }

  private boolean giveUp(List<Input> inputs, String subject, Exception cause, Instant now) {
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    if (!inputs.isEmpty() && inputs.getFirst() instanceof Input.Asked(var command)) {
      return refuse(command, why, now);
    }
    long runId = Long.parseLong(subject.substring(subject.lastIndexOf(' ') + 1));
    LOG.error("run {} is quarantined; `core release {}` takes it up again", runId, runId, cause);
    runs.remove(runId);
    return switch (journal.quarantine(runId, why)) {
      case Journal.Written _ -> true;
      case Journal.Fenced _ -> false;
      case Journal.Overtaken _ -> true;
    };
  }

  private boolean refuse(PendingCommand command, String why, Instant now) {
    Draft draft = drafting.empty(now);
    draft.answer(command.id(), new CommandAnswer(true, "it could not be applied: " + why, null));
    try {
      return !(journal.write(draft.entry()) instanceof Journal.Fenced);
    } catch (SQLException e) {
      throw new TermOver("the answer to command " + command.id() + " cannot be written", e);
    }
  }

  /** The term cannot go on; the next one starts from the rows. */
  static final class TermOver extends RuntimeException {
    TermOver(String message, Exception cause) {
      super(message, cause);
    }
  }
}
