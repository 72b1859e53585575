package dev.core.common.secrets;

import dev.core.common.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Looks secrets up for one environment: first under its own name, then under that of all
 * environments. A name that tells its environment is meant as it is and has no second. A value that
 * was found is remembered for five minutes. Thread-safe.
 */
public final class Secrets {

  /** So long a rotated value may go unnoticed. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private static final int PARTS_WITH_ENVIRONMENT = 4;

  private record Known(SecretValue value, long since) {}

  /**
   * What was asked for.
   *
   * @param forced under this name and no other
   */
  private record Asked(Secret secret, boolean forced) {}

  private final String environment;
  private final SecretSource source;
  private final LongSupplier nanos;
  private final Map<Asked, Known> known = new ConcurrentHashMap<>();

  /**
   * @param environment of names that do not tell theirs
   * @param nanos a monotonic clock
   */
  public Secrets(String environment, SecretSource source, LongSupplier nanos) {
    this.environment = environment;
    this.source = source;
    this.nanos = nanos;
  }

  /**
   * From the file that the settings name; without one, from AWS Secrets Manager wherever CORE runs
   * in the cloud, and from nowhere on a developer's machine.
   */
  public static Secrets of(Settings settings) {
    SecretSource source =
        settings
            .secretsFile()
            .<SecretSource>map(SecretsFile::new)
            .orElseGet(
                () -> settings.isInCloud() ? new SecretsManagerSource() : SecretSource.none());
    return new Secrets(settings.environment().text(), source, System::nanoTime);
  }

  /**
   * The value of a secret by its name as people write it; see {@link Secret#parse}.
   *
   * @throws IllegalArgumentException if it is not a name
   * @throws SecretMissing if there is none of that name
   * @throws SecretUnavailable if it could not be read
   */
  public SecretValue value(String name) {
    var secret = Secret.parse(name, environment);
    return name.strip().split("/", -1).length == PARTS_WITH_ENVIRONMENT
        ? exactly(secret)
        : value(secret);
  }

  /**
   * The value under this name, or under that of all environments.
   *
   * @throws SecretMissing if there is none of that name
   * @throws SecretUnavailable if it could not be read
   */
  public SecretValue value(Secret secret) {
    var asked = new Asked(secret, false);
    return remembered(asked)
        .orElseGet(() -> {
          var shared = secret.ofAnyEnvironment();
          Optional<String> value = source.find(secret).or(() -> source.find(shared));
          return remember(
              asked,
              value.orElseThrow(() ->
                  new SecretMissing(
                      "there is no secret '%s', nor '%s'; looked in: %s"
                          .formatted(secret, shared, source.description()))));
        });
  }

  /**
   * The value under this name and no other.
   *
   * @throws SecretMissing if there is none of that name
   * @throws SecretUnavailable if it could not be read
   */
  public SecretValue exactly(Secret secret) {
    var asked = new Asked(secret, true);
    return remembered(asked)
        .orElseGet(() ->
            remember(
                asked,
                source
                    .find(secret)
                    .orElseThrow(() ->
                        new SecretMissing(
                            "there is no secret '%s'; looked in: %s"
                                .formatted(secret, source.description())))));
  }

  /** How to log in to a database. See {@link #value(Secret)}. */
  public DatabaseSecret database(String name, String mode) {
    return DatabaseSecret.of(fields("database", name, mode));
  }

  /** How to log in to a server of files; {@code type} is {@code ftp} or {@code sftp}. */
  public FileServerSecret fileServer(String type, String name, String mode) {
    return FileServerSecret.of(fields(type, name, mode), type);
  }

  /** Credentials for a bucket. */
  public S3Secret s3(String name, String mode) {
    return S3Secret.of(fields("s3", name, mode));
  }

  /** How to send mail. */
  public EmailSecret email(String name, String mode) {
    return EmailSecret.of(fields("email", name, mode));
  }

  private SecretFields fields(String type, String name, String mode) {
    var secret = new Secret(name, type, environment, mode);
    return new SecretFields(secret.path(), value(secret).reveal());
  }

  private Optional<SecretValue> remembered(Asked asked) {
    return Optional.ofNullable(known.get(asked))
        .filter(each -> nanos.getAsLong() - each.since() < REMEMBERED.toNanos())
        .map(Known::value);
  }

  private SecretValue remember(Asked asked, String text) {
    var value = new SecretValue(text);
    known.put(asked, new Known(value, nanos.getAsLong()));
    return value;
  }
}
