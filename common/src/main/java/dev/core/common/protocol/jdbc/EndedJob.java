package dev.core.common.protocol.jdbc;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkerExit;
import org.jspecify.annotations.Nullable;

/**
 * A local job that has ended, and how.
 *
 * @param outcome to write for its claim; null if there is none to write: the claim was refused or
 *     lost, or a process of the job's own has written it
 * @param exitCode what {@code corebot run} exits with in such a case
 */
public record EndedJob(
    TakenJob job, @Nullable Outcome outcome, int exitCode, @Nullable String reason) {

  /** Ended with an outcome. */
  public static EndedJob with(Outcome outcome, TakenJob job) {
    var failure = outcome.failure();
    return failure == null
        ? new EndedJob(job, outcome, WorkerExit.SUCCEEDED.code(), null)
        : new EndedJob(
            job, outcome, WorkerExit.of(failure.failureClass()).code(), failure.message());
  }
}
