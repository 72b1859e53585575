package dev.core.common.secrets;

/** The value of a secret, which only shows itself when told to. */
public final class SecretValue {
  private final String value;

  SecretValue(String value) {
    this.value = value;
  }

  /**
   * The value; never to be logged, stored or put into an error. {@link Masking} hides it from now
   * on, should somebody do so.
   */
  public String reveal() {
    Masking.add(value);
    return value;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
