package dev.core.common.protocol;

/**
 * The exit codes of {@code corebot run}. Backends and people read them; the outcome in the database
 * says more. 1 and 2 are left to unexpected errors and wrong usage.
 */
public enum WorkerExit {
  SUCCEEDED(0),
  USER(10),
  TIMEOUT(11),
  OUT_OF_MEMORY(12),
  INFRASTRUCTURE(13),
  CONFIGURATION(14),
  /** Another process holds the attempt, or it was closed: nothing was done. */
  CLAIM_REFUSED(20),
  /** The claim was closed or lost while it ran: the outcome did not count. */
  CLAIM_LOST(21);

  private final int code;

  WorkerExit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The code for a failure of that class. */
  public static WorkerExit of(FailureClass failure) {
    return switch (failure) {
      case USER -> USER;
      case TIMEOUT -> TIMEOUT;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case INFRASTRUCTURE -> INFRASTRUCTURE;
      case CONFIGURATION -> CONFIGURATION;
    };
  }
}
