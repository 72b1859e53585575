package dev.core.orchestrator.simulation;

/**
 * What a transformation recorded of itself while it worked, outside of the database.
 *
 * @param began in virtual microseconds
 */
record Effect(long runId, String taskKey, int attempt, String token, String claimant, long began) {

  @Override
  public String toString() {
    return "attempt %d of %s in run %d by %s since %d ms"
        .formatted(attempt, taskKey, runId, claimant, began / 1_000);
  }
}
