package dev.core.common.database;

import dev.core.common.secrets.Secrets;
import dev.core.common.settings.DatabaseSettings;
import dev.core.common.settings.Settings;

/**
 * How this process logs in to the configuration database: as the settings say, else in the cloud by
 * the secrets {@code <env>/database/configuration_application/write} for everybody but workers, and
 * {@code …/worker} for them.
 */
public final class DatabaseLogin {

  /** Of the secrets of the configuration database. */
  static final String NAME = "configuration_application";

  private DatabaseLogin() {}

  /**
   * @throws dev.core.common.secrets.SecretProblem if it is a secret that cannot be used
   */
  public static DatabaseSettings of(Settings settings) {
    return settings.isDatabaseSecret() ? secret(settings, "write") : settings.database();
  }

  /**
   * @param role taken on Postgres where workers have no login of their own
   */
  public static DatabaseSettings ofWorker(Settings settings, String role) {
    return settings.isDatabaseSecret() ? secret(settings, "worker") : settings.workerDatabase(role);
  }

  /** Where the database is, for messages: not even a secret is asked for. */
  public static String describe(Settings settings) {
    return settings.isDatabaseSecret()
        ? "of the secret %s/database/%s/write".formatted(settings.environment().text(), NAME)
        : settings.database().toString();
  }

  private static DatabaseSettings secret(Settings settings, String mode) {
    var secret = Secrets.of(settings).database(NAME, mode);
    return new DatabaseSettings(
        secret.url(), secret.user(), secret.password(), settings.databasePoolSize(), secret.role());
  }
}
