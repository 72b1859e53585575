package dev.core.common.secrets;

import dev.core.common.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks secrets up for one environment: first under its own name, then under that of all
 * environments. A value that was found is remembered. Thread-safe.
 */
public final class Secrets {
  private final String environment;
  private final SecretSource source;
  private final Map<Secret, SecretValue> known = new ConcurrentHashMap<>();

  /**
   * @param environment of names that do not tell theirs
   */
  public Secrets(String environment, SecretSource source) {
    this.environment = environment;
    this.source = source;
  }

  /** From the file that the settings name; without one there are no secrets. */
  public static Secrets of(Settings settings) {
    return new Secrets(
        settings.environment().text(),
        settings.secretsFile().<SecretSource>map(SecretsFile::new).orElseGet(SecretSource::none));
  }

  /**
   * The value of a secret by its name as people write it; see {@link Secret#parse}.
   *
   * @throws IllegalArgumentException if it is not a name
   * @throws SecretMissing if there is none of that name
   */
  public SecretValue value(String name) {
    return value(Secret.parse(name, environment));
  }

  /**
   * @throws SecretMissing if there is none of that name
   */
  public SecretValue value(Secret secret) {
    var value = known.get(secret);
    if (value == null) {
      value = new SecretValue(found(secret));
      known.put(secret, value);
    }
    return value;
  }

  private String found(Secret secret) {
    var shared = secret.ofAnyEnvironment();
    Optional<String> value = source.find(secret).or(() -> source.find(shared));
    return value.orElseThrow(() ->
        new SecretMissing(
            "there is no secret '%s', nor '%s'; looked in: %s"
                .formatted(secret, shared, source.description())));
  }
}
