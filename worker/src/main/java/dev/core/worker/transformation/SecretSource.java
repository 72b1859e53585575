package dev.core.worker.transformation;

/** Where values of secrets come from; they are never logged nor written anywhere. */
@FunctionalInterface
public interface SecretSource {

  /**
   * The value of a secret.
   *
   * @throws ConfigurationFault if there is none of that name
   */
  String value(String name);
}
