package dev.core.emulator.batch;

/** The states of a job in Batch. */
public enum Status {
  SUBMITTED,
  PENDING,
  RUNNABLE,
  STARTING,
  RUNNING,
  SUCCEEDED,
  FAILED;

  boolean ended() {
    return this == SUCCEEDED || this == FAILED;
  }
}
