package dev.core.orchestrator.simulation;

/**
 * What a transformation recorded of itself while it worked, outside of the database.
 *
 * @param partition 0 unless the task is split
 * @param began in virtual microseconds
 */
record Effect(
    long runId,
    String taskKey,
    int partition,
    int attempt,
    String token,
    String claimant,
    long began) {

  @Override
  public String toString() {
    return "attempt %d of %s partition %d in run %d by %s since %d ms"
        .formatted(attempt, taskKey, partition, runId, claimant, began / 1_000);
  }
}
