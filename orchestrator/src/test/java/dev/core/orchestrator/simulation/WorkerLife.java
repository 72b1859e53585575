package dev.core.orchestrator.simulation;

import dev.core.common.database.Database;
import dev.core.common.database.TransientFailure;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A worker process: claims, works, renews, writes its outcome, as {@code corebot run} does and with
 * the same patience, through the real protocol. Each of these is a step of its own.
 */
final class WorkerLife extends Life {

  private static final long SECOND = 1_000_000;
  private static final long RENEW = 30 * SECOND;
  private static final long STOP = 90 * SECOND;

  /** Of the claim; how long it tries to claim, and at least how long to write its outcome. */
  private static final long LEASE = 120 * SECOND;

  /** How often it looks whether it should stop. */
  private static final long LOOK = SECOND / 5;

  /** How long work may go on after it was interrupted. */
  private static final long GRACE = 20 * SECOND;

  private final Simulation simulation;
  private final Timeline time;
  private final Chance chance;
  private final Faults faults;
  private final Trace trace;
  private final SimulatedJob job;
  private final String place;
  private final JdbcWorkerProtocol protocol;
  private final Database database;
  private @Nullable Effect effect;
  private @Nullable Outcome outcome;
  private long confirmedAt;
  private long deadline;
  private boolean signalled;

  WorkerLife(Simulation simulation, SimulatedJob job, String name) {
    super(name);
    this.simulation = simulation;
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.trace = simulation.trace();
    this.job = job;
    this.place = job.place();
    this.database = simulation.server().of(this);
    this.protocol = new JdbcWorkerProtocol(database.jdbi(), database.dialect());
    this.confirmedAt = time.micros();
    if (faults.strikes(FaultKind.WORKER_DIES_BEFORE_CLAIM, place)) {
      time.after(chance.micros(0, 2_000, place), () -> crash("before its claim"));
    } else {
      next(chance.micros(50, 3_000, place), this::claim);
    }
  }

  private void next(long micros, Runnable step) {
    time.after(
        micros,
        () -> {
          if (alive()) {
            step.run();
          }
        });
  }

  private void claim() {
    long asked = time.micros();
    WorkOrder order;
    try {
      order = protocol.claim(job.request().token(), job.request().firstIndex(), job.id(), name());
    } catch (RuntimeException e) {
      requireTransient(e);
      if (asked - confirmedAt < LEASE && !signalled) {
        next(chance.micros(25, 5_000, name()), this::claim);
      } else {
        exit(1);
      }
      return;
    }
    if (order == null) {
      trace.line(name(), () -> "is refused");
      exit(WorkerExit.CLAIM_REFUSED.code());
      return;
    }
    // Confirmed at the first try: the lease may have begun then.
    begin(order);
  }

  private void begin(WorkOrder order) {
    trace.line(name(), () -> "works at " + place);
    effect = simulation.laws().effects().begin(this, order, job);
    if (faults.strikes(FaultKind.WORKER_DIES_AFTER_CLAIM, place)) {
      next(chance.micros(0, 30_000, place), () -> crash("at work"));
    }
    if (faults.strikes(FaultKind.WORKER_CUT_OFF, place)) {
      long micros = chance.micros(5_000, 200_000, "cut off");
      next(
          chance.micros(0, 20_000, "cut off"),
          () -> {
            trace.line(name(), () -> "is cut off for " + micros / 1_000 + " ms");
            cutOffUntil(time.micros() + micros);
          });
    }
    long timeout = order.resources().timeoutSeconds() * SECOND;
    deadline = time.micros() + timeout;
    Work work = simulation.scenario().work(place, timeout / 1_000);
    next(work.micros(), () -> ended(work.outcome(order, job.request().firstIndex())));
    next(timeout, () -> stop(FailureClass.TIMEOUT, "it ran longer than its time-out"));
    next(RENEW, this::renew);
    if (signalled) {
      stop(FailureClass.INFRASTRUCTURE, "the worker was asked to stop");
    }
    watch();
  }

  /** Stops itself when nobody confirmed a renewal for long. */
  private void watch() {
    if (outcome != null) {
      return;
    }
    long left = confirmedAt + STOP - time.micros();
    if (left <= 0) {
      next(LOOK, () -> stop(FailureClass.INFRASTRUCTURE, "the claim could not be renewed"));
    } else {
      next(left, this::watch);
    }
  }

  private void renew() {
    if (outcome != null) {
      return;
    }
    long asked = time.micros();
    String progress =
        chance.happens(0.3, name()) ? chance.between(1, 99, name()) + " of 100" : null;
    try {
      if (protocol.renew(job.request().token(), job.request().firstIndex(), name(), progress)) {
        confirmedAt = asked;
        if (progress != null) {
          simulation.notice(name());
        }
      } else {
        trace.line(name(), () -> "has lost its claim");
        stop(FailureClass.INFRASTRUCTURE, "the claim was closed");
        return;
      }
      next(RENEW, this::renew);
    } catch (RuntimeException e) {
      requireTransient(e);
      next(chance.micros(25, 5_000, name()), this::renew);
    }
  }

  /** The work is interrupted; what it does about that is up to it, for a while. */
  private void stop(FailureClass failureClass, String why) {
    if (outcome != null) {
      return;
    }
    long reaction =
        faults.strikes(FaultKind.INTERRUPT_IGNORED, place)
            ? GRACE
            : chance.micros(0, 1_000, name());
    next(reaction, () -> ended(Outcome.failure(failureClass, why)));
  }

  /** SIGTERM. */
  void signal() {
    if (!alive() || signalled) {
      return;
    }
    signalled = true;
    if (effect != null) {
      stop(FailureClass.INFRASTRUCTURE, "the worker was asked to stop");
    }
  }

  private void ended(Outcome how) {
    if (outcome != null) {
      return;
    }
    outcome = how;
    endEffect();
    trace.line(name(), () -> "has " + (how.succeeded() ? "succeeded" : how.failure()));
    if (faults.strikes(FaultKind.WORKER_DIES_AFTER_WORK, place)) {
      crash("with its outcome");
      return;
    }
    deadline = Math.max(deadline, time.micros() + LEASE);
    next(chance.micros(0, 50, name()), () -> finish(how));
  }

  private void finish(Outcome how) {
    try {
      if (!protocol.finish(job.request().token(), job.request().firstIndex(), name(), how)) {
        trace.line(name(), () -> "its outcome does not count");
        exit(WorkerExit.CLAIM_LOST.code());
        return;
      }
    } catch (RuntimeException e) {
      requireTransient(e);
      if (time.micros() > deadline) {
        exit(1);
      } else {
        next(chance.micros(25, 5_000, name()), () -> finish(how));
      }
      return;
    }
    simulation.laws().effects().acknowledged(job.request(), how);
    simulation.notice(name());
    if (faults.strikes(FaultKind.WORKER_DIES_AFTER_OUTCOME, place)) {
      crash("after its outcome");
    } else {
      var failure = how.failure();
      int code = failure == null ? 0 : WorkerExit.of(failure.failureClass()).code();
      next(chance.micros(10, 3_000, name()), () -> exit(code));
    }
  }

  private void requireTransient(RuntimeException e) {
    if (TransientFailure.of(e).isEmpty()) {
      throw new Violation(Law.NO_SURPRISE, name() + " threw " + e, e);
    }
  }

  private void crash(String when) {
    if (alive()) {
      trace.line(name(), () -> "dies " + when);
      exit(137);
    }
  }

  private void exit(int code) {
    die();
    job.exited(code);
  }

  @Override
  void die() {
    if (alive()) {
      super.die();
      endEffect();
      simulation.server().free(this);
    }
  }

  private void endEffect() {
    if (effect != null) {
      simulation.laws().effects().end(effect);
      effect = null;
    }
  }
}
