package dev.core.orchestrator.compute;

import dev.core.common.protocol.FailureClass;

/** The answer to a submission. */
public sealed interface Submission {

  /** There is a job. */
  record Accepted(String jobId) implements Submission {}

  /** There is certainly no job, and asking again the same would not give one. */
  record Refused(FailureClass failureClass, String message) implements Submission {}

  /** There is certainly no job: too many requests. Asking again later is right. */
  record Throttled(String message) implements Submission {}

  /**
   * There is certainly no job: the backend cannot be asked, or does not let us ask. Asking again
   * later is right; meanwhile people should know.
   */
  record Unavailable(String message) implements Submission {}

  /** There may be a job: no answer came, or one that says neither. */
  record Unknown(String message) implements Submission {}
}
