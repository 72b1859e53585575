package dev.core.common.secrets;

/** A secret may exist, and could not be read: the call was denied, or nobody answered. */
public final class SecretUnavailable extends SecretProblem {
  private static final long serialVersionUID = 1L;

  SecretUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
