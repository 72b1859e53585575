package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.Deadlines;
import dev.core.orchestrator.engine.Effect;
import dev.core.orchestrator.engine.Effects;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.engine.loop.Committing.Result;
import dev.core.orchestrator.store.Journal;
import dev.core.orchestrator.store.LatestNews;
import dev.core.orchestrator.store.NextIds;
import dev.core.orchestrator.store.RunLoader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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

  private final LatestNews news;
  private final Courier courier;
  private final Observer observer;
  private final Troubles troubles;
  private final ActiveRuns runs = new ActiveRuns();
  private final Quarantine quarantine;
  private final Timers timers = new Timers();
  private final Answers answers = new Answers();
  private final ScheduleBook schedules;
  private final Committing committing;
  private final OneByOne oneByOne;

  private final Duration sweepEvery;
  private Instant nextSweep = Instant.MIN;
  private Instant lastStep = Instant.EPOCH;
  private boolean busy;

  Term(
      Handle handle,
      Journal journal,
      Lease lease,
      ComputeBackend backend,
      StartCheck check,
      LeaderOptions options,
      RandomGenerator random,
      Courier courier,
      Observer observer,
      Troubles troubles) {
    this.troubles = troubles;
    this.sweepEvery = options.sweepEvery();
    this.news = new LatestNews(handle);
    this.courier = courier;
    this.observer = observer;
    this.quarantine =
        new Quarantine(handle, options.policy().claimLease(), new RunLoader(handle).quarantined());
    this.schedules = new ScheduleBook(handle);
    var starting = new Starting(check);
    var pauses = new Pauses(handle);
    var deadlines = new Deadlines(options.policy());
    var drafting =
        new Drafting(
            handle,
            runs,
            new RunMachine(options.policy()),
            deadlines,
            NextIds.read(handle),
            new CommandDesk(
                starting, new Rerunning(starting, options.branch()), new Pausing(pauses)),
            new Scheduling(schedules, quarantine, pauses, starting),
            new Dispatching(handle, backend, courier, options, quarantine, pauses, random));
    this.committing =
        new Committing(
            handle,
            journal,
            lease,
            runs,
            quarantine,
            schedules,
            pauses,
            drafting,
            deadlines,
            timers,
            courier);
    this.oneByOne = new OneByOne(committing, runs, timers, courier);
    new RunLoader(handle).active().forEach(committing::take);
  }

  /** How many runs it has something to do about. */
  int runs() {
    return runs.size();
  }

  /** Whether the last step found something to do. */
  boolean busy() {
    return busy;
  }

  /** How long it is until time alone wants a step, by the time of the last one. */
  Optional<Duration> nextTimer() {
    return Stream.of(timers.next(), answers.due(), schedules.next())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .map(at -> Duration.between(lastStep, at));
  }

  /** Whether workers or backends may have news. */
  boolean hasLiveTasks() {
    return !runs.attempted().isEmpty();
  }

  /** The configuration may have been edited. */
  void edited() {
    schedules.edited();
  }

  /**
   * Deals with all that is new.
   *
   * @return false if another leads: forget everything
   * @throws RuntimeException if the database is away; the term is over
   */
  boolean step(List<Input.FromBackend> fromBackend) {
    var latest = news.read();
    Instant now = latest.now();
    lastStep = now;
    var inputs = new ArrayList<Input>();
    latest.ofWorkers().forEach(each -> inputs.add(new Input.FromWorker(each)));
    inputs.addAll(oneByOne.again());
    inputs.addAll(timers.due(now));
    inputs.addAll(schedules.look(now));
    latest.commands().forEach(command -> inputs.add(new Input.Asked(command)));
    inputs.addAll(answers.take(fromBackend, !inputs.isEmpty(), now));
    courier.heard(inputs);
    var result = write(now, inputs);
    busy = !inputs.isEmpty() || result == Result.WRITTEN;
    if (result == Result.FENCED) {
      return false;
    }
    schedules.dealtWith(inputs, now);
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(sweepEvery);
      sweep(now);
      return troubles.note(now);
    }
    return true;
  }

  private Result write(Instant now, List<Input> inputs) {
    try {
      var result = committing.write(now, inputs, true);
      oneByOne.succeeded(inputs);
      return result;
    } catch (RuntimeException | SQLException e) {
      Committing.endIfTransient(e);
      LOG.warn(
          "a step of {} inputs failed; trying them one by one: {}", inputs.size(), e.toString());
      return oneByOne.write(now, inputs);
    }
  }

  private void sweep(Instant now) {
    quarantine.look();
    var effects = new LinkedHashMap<Run, List<Effect>>();
    for (Run run : runs.attempted()) {
      List<Effect> outstanding = Effects.outstanding(run, now);
      if (!outstanding.isEmpty()) {
        effects.put(run, outstanding);
      }
    }
    courier.carryOut(effects, now);
    observer.look(runs.attempted(), now);
  }
}
