package dev.core.common.secrets;

/** A secret is there, and is not what it should be; says which keys are missing, never a value. */
public final class SecretMalformed extends SecretProblem {
  private static final long serialVersionUID = 1L;

  SecretMalformed(String message) {
    super(message, null);
  }
}
