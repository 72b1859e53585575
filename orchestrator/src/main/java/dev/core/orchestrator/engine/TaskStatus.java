package dev.core.orchestrator.engine;

/** Where a task stands in its life. */
public enum TaskStatus {
  /** Upstream is not done. */
  WAITING,
  /** May be submitted as soon as limits allow. */
  READY,
  /** Intended, or at the backend, and not claimed. */
  SUBMITTED,
  /** A worker holds its claim. */
  RUNNING,
  /** Waits for the time of its next attempt. */
  RETRYING,
  /** Its claim is closed, its jobs are not yet confirmed ended. */
  CANCELLING,
  SUCCEEDED,
  FAILED,
  UPSTREAM_FAILED,
  SKIPPED,
  CANCELLED;

  /** Final, except through an explicit command. */
  public boolean terminal() {
    return switch (this) {
      case WAITING, READY, SUBMITTED, RUNNING, RETRYING, CANCELLING -> false;
      case SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED -> true;
    };
  }

  /** What is downstream may go on. */
  public boolean passes() {
    return this == SUCCEEDED || this == SKIPPED;
  }

  /** Has an attempt that takes a place at the backend. */
  public boolean live() {
    return this == SUBMITTED || this == RUNNING || this == CANCELLING;
  }
}
