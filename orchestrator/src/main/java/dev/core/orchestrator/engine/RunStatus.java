package dev.core.orchestrator.engine;

/** Where a run stands in its life. */
public enum RunStatus {
  /** Asked for; waits for the overlap policy of its pipeline. */
  QUEUED,
  RUNNING,
  /** Nothing new starts; ends when every started job is confirmed ended. */
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** Refused by the overlap policy. */
  SKIPPED;

  /** Final, except through an explicit command. */
  public boolean terminal() {
    return switch (this) {
      case QUEUED, RUNNING, CANCELLING -> false;
      case SUCCEEDED, FAILED, CANCELLED, SKIPPED -> true;
    };
  }
}
