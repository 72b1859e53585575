package dev.core.common.protocol;

/** Why an attempt failed, which decides whose budget it spends. */
public enum FailureClass {
  /** The transformation threw, or its program exited non-zero. */
  USER,
  /** It ran longer than its time-out. */
  TIMEOUT,
  OUT_OF_MEMORY,
  /** The place it ran in was lost: host reclaimed, image not pulled, worker dead, job gone. */
  INFRASTRUCTURE,
  /** It could never have run: unknown template, ill-typed variable, missing secret. */
  CONFIGURATION;

  /** Whether a failure spends the user's attempts; infrastructure has a budget of its own. */
  public boolean spendsUserAttempts() {
    return this != INFRASTRUCTURE;
  }
}
