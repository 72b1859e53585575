package dev.core.common.secrets;

/** There is no secret of that name; says which names were tried, and where. */
public final class SecretMissing extends SecretProblem {
  private static final long serialVersionUID = 1L;

  SecretMissing(String message) {
    super(message, null);
  }
}
