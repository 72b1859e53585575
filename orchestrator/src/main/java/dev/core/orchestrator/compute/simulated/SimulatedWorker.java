package dev.core.orchestrator.compute.simulated;

import dev.core.common.database.TransientFailure;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.compute.simulated.Scenario.End;
import dev.core.orchestrator.compute.simulated.Scenario.Performance;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of one worker process, as {@code corebot run} lives it: claim, work, renewals, outcome.
 * Each call of the protocol is a plan of its own on the timeline. For one thread.
 */
final class SimulatedWorker {

  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final SimulatedJob job;
  private final String claimant;
  private final Timeline timeline;
  private final Scenario scenario;
  private final WorkerProtocol protocol;
  private final ClaimSettings claims;
  private final Instant began;
  private Instant renewed;
  private Instant ends = Instant.MAX;
  private boolean finishing;

  SimulatedWorker(
      SimulatedJob job,
      Timeline timeline,
      Scenario scenario,
      WorkerProtocol protocol,
      ClaimSettings claims) {
    this.job = job;
    this.claimant = "claimant-of-" + job.id;
    this.timeline = timeline;
    this.scenario = scenario;
    this.protocol = protocol;
    this.claims = claims;
    this.began = timeline.now();
    this.renewed = began;
  }

  void start() {
    job.started(this::terminate);
    claim();
  }

  private void claim() {
    Instant asked = timeline.now();
    WorkOrder order;
    try {
      order = protocol.claim(job.request.token(), job.index, job.id, claimant);
    } catch (Json.MalformedJson e) {
      finish(
          Outcome.failure(
              FailureClass.CONFIGURATION, "its work order cannot be read: " + e.getMessage()));
      return;
    } catch (RuntimeException e) {
      again(e, began.plus(claims.lease()), this::claim);
      return;
    }
    if (order == null) {
      exits(WorkerExit.CLAIM_REFUSED, "somebody else holds the attempt, or it was closed");
    } else {
      renewed = asked;
      perform(order);
    }
  }

  private void perform(WorkOrder order) {
    Performance performance = scenario.performs(job.request, order);
    job.log.addAll(performance.log());
    var timeout = Duration.ofSeconds(order.resources().timeoutSeconds());
    boolean inTime = performance.lasts().compareTo(timeout) <= 0;
    ends = timeline.now().plus(inTime ? performance.lasts() : timeout);
    job.plans(
        timeline.at(
            ends,
            () -> {
              if (inTime) {
                end(performance.end());
              } else {
                finish(
                    Outcome.failure(
                        FailureClass.TIMEOUT,
                        "ran longer than its time-out of " + timeout.toSeconds() + " s"));
              }
            }));
    planRenewal(claims.renew());
  }

  private void planRenewal(Duration delay) {
    if (timeline.now().plus(delay).isBefore(ends)) {
      job.plans(timeline.in(delay, this::renew));
    }
  }

  private void renew() {
    Instant asked = timeline.now();
    try {
      if (!protocol.renew(job.request.token(), job.index, claimant, null)) {
        finish(Outcome.failure(FailureClass.INFRASTRUCTURE, "its claim was closed"));
        return;
      }
      renewed = asked;
      planRenewal(claims.renew());
    } catch (RuntimeException e) {
      if (asked.isBefore(renewed.plus(claims.stop()))) {
        planRenewal(BEFORE_NEXT_TRY);
      } else {
        finish(Outcome.failure(FailureClass.INFRASTRUCTURE, "it could not renew its claim"));
      }
    }
  }

  /** It was told to stop: an infrastructure failure, unless its claim was closed before. */
  private void terminate() {
    if (!finishing) {
      finish(Outcome.failure(FailureClass.INFRASTRUCTURE, "the worker was asked to stop"));
    }
  }

  private void end(End end) {
    switch (end) {
      case End.Says(var outcome) -> finish(outcome);
      case End.Dies(var reason) -> job.ended(null, reason, FailureClass.INFRASTRUCTURE);
    }
  }

  /** Writes the outcome, again and again until a lease after it was ready, as real workers do. */
  private void finish(Outcome outcome) {
    finishing = true;
    job.dropPlans();
    finish(outcome, timeline.now().plus(claims.lease()));
  }

  private void finish(Outcome outcome, Instant until) {
    try {
      if (!protocol.finish(job.request.token(), job.index, claimant, outcome)) {
        exits(WorkerExit.CLAIM_LOST, "the claim was closed while it ran");
        return;
      }
    } catch (RuntimeException e) {
      again(e, until, () -> finish(outcome, until));
      return;
    }
    var failure = outcome.failure();
    if (failure == null) {
      job.ended(WorkerExit.SUCCEEDED.code(), null, null);
    } else {
      job.ended(
          WorkerExit.of(failure.failureClass()).code(), failure.message(), failure.failureClass());
    }
  }

  private void exits(WorkerExit exit, String reason) {
    job.ended(exit.code(), reason, FailureClass.INFRASTRUCTURE);
  }

  private void again(RuntimeException failure, Instant until, Runnable what) {
    if (TransientFailure.of(failure).isPresent() && timeline.now().isBefore(until)) {
      job.plans(timeline.in(BEFORE_NEXT_TRY, what));
    } else {
      job.ended(1, String.valueOf(failure.getMessage()), FailureClass.INFRASTRUCTURE);
    }
  }
}
