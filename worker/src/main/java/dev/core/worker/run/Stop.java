package dev.core.worker.run;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import java.time.Duration;

/** Why an attempt was stopped from outside. */
public sealed interface Stop {

  /** It ran longer than it may. */
  record TimedOut(Duration timeout) implements Stop {}

  /** Somebody ended the job or the worker. */
  record Asked(String reason) implements Stop {}

  /** The claim could not be renewed for so long that others may take it for lost. */
  record LeaseOver(Duration silence) implements Stop {}

  /** The claim was closed, or is another's: whatever comes of it does not count. */
  record ClaimLost() implements Stop {}

  /** What to report of an attempt that ended for this reason. */
  default Outcome outcome() {
    return switch (this) {
      case TimedOut(var timeout) ->
          Outcome.failure(
              FailureClass.TIMEOUT,
              "it ran longer than its time-out of " + timeout.toSeconds() + " s");
      case Asked(var reason) -> Outcome.failure(FailureClass.INFRASTRUCTURE, reason);
      case LeaseOver(var silence) ->
          Outcome.failure(
              FailureClass.INFRASTRUCTURE,
              "the claim could not be renewed for " + silence.toSeconds() + " s");
      case ClaimLost() -> Outcome.failure(FailureClass.INFRASTRUCTURE, "the claim was closed");
    };
  }
}
