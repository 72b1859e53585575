package dev.core.orchestrator.engine;

/** What people may declare a task to be. */
public enum Mark {
  SUCCEEDED,
  FAILED,
  SKIPPED;

  /** The status that a task so marked has. */
  public TaskStatus status() {
    return switch (this) {
      case SUCCEEDED -> TaskStatus.SUCCEEDED;
      case FAILED -> TaskStatus.FAILED;
      case SKIPPED -> TaskStatus.SKIPPED;
    };
  }
}
