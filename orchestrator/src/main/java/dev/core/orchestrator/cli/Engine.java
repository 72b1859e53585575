package dev.core.orchestrator.cli;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;

/** What the composition root lends to commands: the engine itself, which they cannot reach. */
public interface Engine {

  /**
   * Stands by, and leads as soon as nobody else does, until it is closed. Closing hands leadership
   * over and lets running jobs go on.
   */
  AutoCloseable start(Settings settings, Database database);
}
