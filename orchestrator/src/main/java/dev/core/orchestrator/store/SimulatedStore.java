package dev.core.orchestrator.store;

import dev.core.common.configuration.ConfigurationCopy;
import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * The store of simulated mode: an embedded database beside the real one, with a copy of its
 * configuration and a record of its own. So no simulated run is ever among real ones, no leader
 * takes runs of the other kind up, and nothing real reads what a simulation left.
 */
public final class SimulatedStore {

  private SimulatedStore() {}

  /**
   * Opens it, made new if it is not there, with the configuration as it is in the real store now.
   */
  public static Database open(Settings settings, Database real) {
    var simulated = Database.openSimulated(settings);
    try {
      bringConfiguration(settings, real, simulated);
      return simulated;
    } catch (RuntimeException e) {
      simulated.close();
      throw e;
    }
  }

  /** One process at a time. */
  private static void bringConfiguration(Settings settings, Database real, Database simulated) {
    var file = settings.simulatedHome().resolve("configuration.lock");
    try {
      Files.createDirectories(file.getParent());
      try (var channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        int _ = ConfigurationCopy.bring(real.jdbi(), simulated.jdbi());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
