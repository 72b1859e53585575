package dev.core.common.configuration;

import dev.core.common.database.Database;
import dev.core.common.settings.Environment;
import dev.core.common.settings.Settings;

/**
 * Sessions for code and notebooks, the same line of code everywhere: where a database is
 * configured, a session on it; in {@code dev} without one, a session on a private database in
 * memory that is filled with examples and seen by nobody else.
 */
public final class SessionHelper {
  private SessionHelper() {}

  /** As {@link #open(Settings)}, with the settings of this process. */
  public static ConfigurationSession open() {
    return open(Settings.load());
  }

  /** A session; closing it closes the connections behind it as well. */
  public static ConfigurationSession open(Settings settings) {
    if (settings.environment() == Environment.DEV && !settings.isDatabaseConfigured()) {
      var mocker = new ConfigurationMocker(settings.actor());
      mocker.generateMocks();
      return mocker.openSession(mocker::close);
    }
    var database = Database.open(settings);
    try {
      return ConfigurationSession.opened(database, settings.actor(), database::close);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
