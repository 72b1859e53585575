package dev.core.orchestrator.simulation;

import dev.core.common.database.TransientFailure;
import dev.core.orchestrator.engine.loop.Candidate;
import dev.core.orchestrator.engine.loop.LeaderOptions;
import dev.core.orchestrator.engine.loop.Means;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One process of an orchestrator: the real {@link Candidate}, a turn at a time, and its calls to
 * the backend, each a step of its own. Dies, stands still, and finds out later what it missed.
 */
final class OrchestratorLife extends Life {

  /** Of leadership. */
  static final Duration LEASE = Duration.ofSeconds(20);

  private static final long SECOND = 1_000_000;

  /** After a term that failed, as the product does. */
  private static final long AFTER_FAILURE = SECOND;

  private final Simulation simulation;
  private final Timeline time;
  private final Chance chance;
  private final Faults faults;
  private final Trace trace;
  private final Candidate candidate;
  private final long bornAt;
  private long frozenUntil;

  /** When a step that is under way should have been over. */
  private long waitsUntil = Long.MAX_VALUE;

  private long turnAt = Long.MAX_VALUE;
  private boolean turning;

  OrchestratorLife(Simulation simulation, String name) {
    super(name);
    this.simulation = simulation;
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.trace = simulation.trace();
    this.bornAt = time.micros();
    // Monotonic clocks begin anywhere, also below zero, and overflow.
    long origin = chance.bits("nanos of " + name);
    LongSupplier nanos = () -> origin + (time.micros() - bornAt) * 1_000;
    this.candidate =
        new Candidate(
            simulation.server().of(this),
            simulation.scenario().inCloud()
                ? CloudHost.backend(simulation, this, this::call, nanos)
                : new RemoteBackend(simulation, this),
            (_, _, _) -> List.of(),
            new LeaderOptions(
                name,
                LEASE,
                Simulation.POLICY,
                "main",
                "/datasets",
                simulation.scenario().tasksAtOnce()),
            new Means(nanos, chance.stream("tokens of " + name), this::call));
    trace.line(name, () -> "starts");
    turnAfter(chance.micros(1, 2_000, name));
  }

  boolean leads() {
    return alive() && candidate.leads();
  }

  /** Brings its next turn forward, as a notice or an answer does. */
  void wake(long micros) {
    if (alive() && candidate.leads()) {
      turnAfter(micros);
    }
  }

  private void turnAfter(long micros) {
    long at = time.micros() + micros;
    if (at < turnAt) {
      turnAt = at;
      time.after(micros, () -> turn(at));
    }
  }

  private void turn(long due) {
    if (!alive() || turning || due != turnAt) {
      return;
    }
    if (time.micros() < frozenUntil) {
      turnAt = Long.MAX_VALUE;
      turnAfter(frozenUntil - time.micros());
      return;
    }
    turnAt = Long.MAX_VALUE;
    turning = true;
    boolean led = candidate.leads();
    long next;
    try {
      candidate.turn();
      if (led != candidate.leads()) {
        trace.line(name(), () -> led ? "stands by" : "leads");
      }
      next = patience();
    } catch (ProcessDied e) {
      return;
    } catch (RuntimeException e) {
      if (TransientFailure.of(e).isEmpty()) {
        throw new Violation(Law.NO_SURPRISE, name() + " threw " + e, e);
      }
      trace.line(name(), () -> "its term is over");
      next = AFTER_FAILURE;
    } finally {
      turning = false;
    }
    if (turnAt != Long.MAX_VALUE) {
      // Woken while it was at it.
      turnAt = Long.MAX_VALUE;
      next = Math.min(next, chance.micros(0, 10, name()));
    }
    turnAfter(next);
  }

  /** Much longer than the product waits: what is to be seen at once is told by a notice. */
  private long patience() {
    if (!candidate.leads()) {
      return chance.micros(1_000, 9_000, name());
    }
    long look = simulation.isBusy() ? chance.micros(1_000, 6_000, name()) : 6 * SECOND;
    return candidate
        .nextTimer()
        .map(timer -> Math.max(0, timer.toNanos() / 1_000) + chance.micros(0, 20, name()))
        .filter(timer -> timer < look)
        .orElse(look);
  }

  /** A remote call, at some time from now on, while other things happen. */
  void call(Runnable call) {
    long micros = chance.micros(1, 60, "call of " + name());
    boolean reordered = faults.strikes(FaultKind.REORDERED, name());
    time.after(
        reordered ? micros + chance.micros(100, 6_000, "reordered") : micros, () -> run(call));
  }

  private void run(Runnable call) {
    if (!alive()) {
      return;
    }
    if (time.micros() < frozenUntil) {
      time.after(frozenUntil - time.micros() + chance.micros(0, 5, name()), () -> run(call));
      return;
    }
    try {
      call.run();
    } catch (ProcessDied e) {
      return;
    }
    wake(chance.micros(0, 20, name()));
  }

  @Override
  void step() {
    requireAlive();
    if (faults.strikes(FaultKind.ORCHESTRATOR_DIES, name())) {
      die();
      requireAlive();
    }
    long micros = chance.micros(0, 2, name());
    if (chance.happens(0.03, name())) {
      // Long enough for others to do something in between.
      micros = chance.micros(0, 1_500, name());
    }
    if (faults.strikes(FaultKind.ORCHESTRATOR_PAUSES, name())) {
      micros += freeze(chance.micros(2_000, 90_000, "pause"));
    }
    pass(micros);
  }

  /** Time goes on for a process that waits, and everything else with it. */
  void pass(long micros) {
    long until = time.micros() + micros;
    long outer = waitsUntil;
    waitsUntil = Math.min(outer, until);
    time.pass(micros);
    waitsUntil = outer;
    if (time.micros() > until + SECOND) {
      hindered(time.micros());
    }
    requireAlive();
    if (time.micros() < frozenUntil) {
      pass(frozenUntil - time.micros());
    }
  }

  /** Also while it still waits for others, which stand still above it on this thread's stack. */
  @Override
  long hinderedAt() {
    return time.micros() > waitsUntil && time.micros() - waitsUntil > SECOND
        ? time.micros()
        : Math.max(super.hinderedAt(), time.heldUpAt());
  }

  private long freeze(long micros) {
    trace.line(name(), () -> "stands still for " + micros / 1_000 + " ms");
    frozenUntil = Math.max(frozenUntil, time.micros() + micros);
    hindered(frozenUntil);
    return micros;
  }

  @Override
  void beforeCommit(Link link) {
    if (faults.strikes(FaultKind.PAUSES_IN_TRANSACTION, name())) {
      long micros = freeze(chance.micros(1_000, 60_000, "pause"));
      // What the session's time-out does on Postgres.
      long limit = LEASE.toMillis() * 1_000 / 2;
      if (micros > limit) {
        time.after(limit, link::breakOff);
      }
      pass(micros);
    }
  }

  @Override
  void die() {
    if (alive()) {
      trace.line(name(), () -> "dies");
      hindered(time.micros());
      super.die();
      simulation.orchestratorDied(this);
    }
  }

  private void requireAlive() {
    if (!alive()) {
      throw new ProcessDied(name());
    }
  }
}
