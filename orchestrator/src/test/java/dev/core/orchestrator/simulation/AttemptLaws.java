package dev.core.orchestrator.simulation;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must hold of an attempt, its claim and its jobs when one of their rows changes. */
final class AttemptLaws {

  private static final Duration CLAIM_LEASE = Simulation.POLICY.claimLease();

  private final Rows rows;
  private final Simulation simulation;

  AttemptLaws(Rows rows, Simulation simulation) {
    this.rows = rows;
    this.simulation = simulation;
  }

  void checkAttempt(RowChange change) {
    Row attempt = change.now();
    if (change.changed("status")) {
      String from = change.was("status");
      simulation
          .tally()
          .transition("attempt", from == null ? "none" : from, attempt.required("status"));
      if (change.before() != null
          && change.before().is("status", "SUCCEEDED", "FAILED", "CANCELLED")) {
        throw new Violation(
            Law.TERMINAL, Laws.name(change) + " was " + from + " and is " + attempt.text("status"));
      }
    }
    if (change.isNew()) {
      next(change, attempt);
    }
    ending(change, attempt);
  }

  private void next(RowChange change, Row attempt) {
    for (Row earlier :
        rows.attempts(attempt.number("run_id"), attempt.number("task_index"))
            .headMap(attempt.number("number"))
            .values()) {
      if (earlier.is("status", "INTENDED", "SUBMITTED", "CLAIMED", "CLOSED") || !over(earlier)) {
        throw new Violation(
            Law.NEXT_ATTEMPT,
            "%s is intended while attempt %s, %s, is not over: %s"
                .formatted(
                    Laws.name(change),
                    earlier.text("number"),
                    earlier.text("status"),
                    rows.claim(earlier.number("id"))));
      }
    }
  }

  /** An outcome, or nobody can have it, or the lease is over, or its job truly has ended. */
  private boolean over(Row attempt) {
    return rows.claims(attempt.number("id")).values().stream().allMatch(this::isOver);
  }

  private boolean isOver(Row claim) {
    Instant renewedAt = claim.time("renewed_at");
    if (!claim.isNull("finished_at") || renewedAt == null) {
      return !claim.isNull("finished_at") || !claim.isNull("closed_at");
    }
    SimulatedJob job = simulation.cluster().job(claim.required("job_id"));
    return !renewedAt.plus(CLAIM_LEASE).isAfter(simulation.time().instant())
        || job == null
        || !job.live();
  }

  /**
   * However an attempt ends, its claim says so: an outcome counts, and without one it is closed.
   */
  private void ending(RowChange change, Row attempt) {
    if (rows.split(attempt.number("id")) != null) {
      rows.claims(attempt.number("id"))
          .values()
          .forEach(claim -> endingOfPartition(change, attempt, claim));
      return;
    }
    Row claim = rows.claim(attempt.number("id"));
    Outcome outcome = outcome(claim);
    switch (attempt.required("status")) {
      case "SUCCEEDED" -> require(change, outcome != null && outcome.succeeded(), claim);
      case "FAILED" ->
          require(
              change, outcome == null ? !claim.isNull("closed_at") : !outcome.succeeded(), claim);
      case "CLOSED", "CANCELLED" ->
          require(change, outcome == null && !claim.isNull("closed_at"), claim);
      default -> {}
    }
  }

  /** Each has an outcome or is closed, and where all succeeded the attempt has, and only there. */
  private void endingOfPartition(RowChange change, Row attempt, Row claim) {
    Outcome outcome = outcome(claim);
    switch (attempt.required("status")) {
      case "SUCCEEDED" -> require(change, outcome != null && outcome.succeeded(), claim);
      case "FAILED", "CLOSED", "CANCELLED" ->
          require(change, outcome != null || !claim.isNull("closed_at"), claim);
      default -> {}
    }
  }

  static @Nullable Outcome outcome(Row claim) {
    String text = claim.text("outcome");
    return text == null ? null : Json.read(text, Outcome.class);
  }

  private static void require(RowChange change, boolean holds, Row claim) {
    if (!holds) {
      throw new Violation(
          Law.NO_OUTCOME_LOST,
          Laws.name(change) + " is " + change.now().text("status") + ", and its claim " + claim);
    }
  }

  void checkClaim(RowChange change) {
    Row claim = change.now();
    Row before = change.before();
    if (!claim.isNull("finished_at") && !claim.isNull("closed_at")) {
      throw new Violation(Law.NO_OUTCOME_LOST, "both finished and closed: " + claim);
    }
    if (before == null) {
      return;
    }
    if (!before.isNull("claimant") && !before.is("claimant", claim.required("claimant"))) {
      throw new Violation(Law.EFFECT_ONCE, "claimed again: " + before + " and " + claim);
    }
    if (!before.isNull("finished_at") && change.changed("outcome")) {
      throw new Violation(Law.NO_OUTCOME_LOST, "finished again: " + before + " and " + claim);
    }
    if (!before.isNull("closed_at") && claim.isNull("closed_at")) {
      throw new Violation(Law.TERMINAL, "opened again: " + claim);
    }
  }

  void checkJob(RowChange change) {
    Row row = change.now();
    if (!change.changed("status") || row.is("status", "PENDING", "RUNNING")) {
      return;
    }
    for (SimulatedJob job : simulation.cluster().members(row.required("job_id"))) {
      Row claim = rows.claim(row.number("attempt_id"), job.request().firstIndex());
      if (job.live() && claim.isNull("finished_at")) {
        throw new Violation(Law.GONE_IS_GONE, "job " + job.id() + " lives, and is " + row);
      }
    }
  }
}
