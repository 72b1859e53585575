package dev.core.orchestrator.simulation;

import dev.core.orchestrator.engine.Job;
import java.util.HashMap;
import java.util.Map;

/**
 * A job that the leader knows lives no longer than its attempt, but for the time that ending it
 * takes.
 */
final class StrayLaw {

  private static final long SOON = 150_000_000;

  private final Simulation simulation;
  private final Rows rows;

  /** Since when a job that is known lives without its attempt. */
  private final Map<String, Long> since = new HashMap<>();

  StrayLaw(Simulation simulation, Rows rows) {
    this.simulation = simulation;
    this.rows = rows;
  }

  /** Called from time to time while there has been a leader for long, and no fault. */
  void check() {
    long now = simulation.time().micros();
    for (SimulatedJob job : simulation.cluster().jobs()) {
      if (!job.live()) {
        continue;
      }
      Row attempt = rows.attemptOf(job.request().token());
      boolean known = rows.jobs(attempt.number("id")).containsKey(Job.arrayOf(job.id()));
      if (!known || attempt.is("status", "INTENDED", "SUBMITTED", "CLAIMED")) {
        since.remove(job.id());
      } else if (now - since.computeIfAbsent(job.id(), _ -> now) > SOON) {
        throw new Violation(
            Law.NO_STRAY_JOBS,
            "job %s lives for long, and its attempt is %s"
                .formatted(job.id(), attempt.text("status")));
      }
    }
  }
}
