package dev.core.common.secrets;

import java.util.Optional;

/** Where values of secrets are kept. Thread-safe. */
public interface SecretSource {

  /**
   * The value that is kept under exactly this name; empty if there is none. Failing to ask is an
   * unchecked exception.
   */
  Optional<String> find(Secret secret);

  /** Says where it looks, for errors. */
  String description();

  /** Knows none. */
  static SecretSource none() {
    return new SecretSource() {
      @Override
      public Optional<String> find(Secret secret) {
        return Optional.empty();
      }

      @Override
      public String description() {
        return "nowhere, because CORE_SECRETS_FILE is not set";
      }
    };
  }
}
