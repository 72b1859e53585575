package dev.core.common.secrets;

import org.jspecify.annotations.Nullable;

/** A secret that cannot be used; says why, and never shows a value. */
public abstract sealed class SecretProblem extends RuntimeException
    permits SecretMissing, SecretUnavailable, SecretMalformed {
  private static final long serialVersionUID = 1L;

  SecretProblem(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
