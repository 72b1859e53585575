package dev.core.orchestrator.engine;

/** Where an attempt stands in its life. */
public enum AttemptStatus {
  /** Journalled; whether there is a job is not known yet. */
  INTENDED,
  /** The backend gave a job. */
  SUBMITTED,
  /** A worker holds its claim. */
  CLAIMED,
  /** Its claim is closed; ends when its jobs are confirmed ended. */
  CLOSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Nothing that a worker or a backend says can change it any more. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** A worker may still claim it, or holds it. */
  public boolean open() {
    return this == INTENDED || this == SUBMITTED || this == CLAIMED;
  }
}
