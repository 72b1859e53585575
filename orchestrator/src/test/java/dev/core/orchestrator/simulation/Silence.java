package dev.core.orchestrator.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** While it lasts the engine logs nothing: what a simulation provokes is in its trace. */
final class Silence implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.core.orchestrator");
  private final @Nullable Level before = logger.getLevel();

  Silence() {
    logger.setLevel(Level.OFF);
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}
