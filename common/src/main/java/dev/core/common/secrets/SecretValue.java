package dev.core.common.secrets;

/** The value of a secret, which only shows itself when told to. */
public final class SecretValue {
  private final String value;

  SecretValue(String value) {
    this.value = value;
  }

  /** The value; never to be logged, stored or put into an error. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
