package dev.core.common.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * What Logback finds by itself when the first logger is asked for, before {@link Logging#start}:
 * warnings on standard error, and more of CORE's own if the system property {@value #TEST_LEVEL}
 * says so. It spares the search for configuration files, and the parser for them.
 */
public final class QuietUntilStarted extends ContextAwareBase implements Configurator {
  /** Level of CORE's own loggers in tests. */
  private static final String TEST_LEVEL = "core.test.log";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var ours = Level.toLevel(System.getProperty(TEST_LEVEL), Level.WARN);
    var appender = Logging.console(context, false, ours, Map.of());
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(Logging.OURS).setLevel(ours);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
