package dev.core.common.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.core.common.settings.LoggingSettings;
import java.time.ZoneId;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The logging of this process, set up by code rather than by a file, which would cost every command
 * its time. Closing it writes out what is on its way.
 */
public final class Logging implements AutoCloseable {
  static final String OURS = "dev.core";

  private final LoggerContext context;

  private Logging(LoggerContext context) {
    this.context = context;
  }

  /**
   * Starts to log as the settings say; called again, it starts afresh.
   *
   * @param fields of every JSON line, such as program and mode
   * @throws IllegalStateException if the log file cannot be written
   */
  public static Logging start(LoggingSettings settings, Map<String, String> fields) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.getStatusManager().add(new Complaints(System.err));
    var level = Level.toLevel(settings.level());
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(ofOthers(level));
    context.getLogger(OURS).setLevel(level);

    root.addAppender(started(console(context, settings.json(), level, fields)));
    var file = settings.file();
    if (file != null) {
      var appender = new RollingFileAppender<ILoggingEvent>();
      appender.setContext(context);
      appender.setName("file");
      appender.setFile(file.toString());
      appender.setEncoder(started(JsonLines.encoder(context, fields)));
      var policy = new RollWhenFull(new FullFiles(file, settings.rolling()));
      policy.setContext(context);
      policy.setParent(appender);
      appender.setRollingPolicy(started(policy));
      appender.setTriggeringPolicy(policy);
      root.addAppender(started(appender));
      if (!appender.isStarted()) {
        throw new IllegalStateException(
            "CORE_LOG_FILE is '" + file + "', which cannot be written to");
      }
    }
    var host = settings.logstashHost();
    if (host != null) {
      root.addAppender(started(JsonLines.logstash(context, host, settings.logstashPort(), fields)));
    }
    return new Logging(context);
  }

  /** Of libraries only what is a level more serious is of interest. */
  private static Level ofOthers(Level level) {
    return switch (level.levelInt) {
      case Level.ERROR_INT -> Level.ERROR;
      case Level.DEBUG_INT -> Level.INFO;
      case Level.TRACE_INT -> Level.DEBUG;
      default -> Level.WARN;
    };
  }

  static Appender<ILoggingEvent> console(
      LoggerContext context, boolean json, Level level, Map<String, String> fields) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("console");
    appender.setTarget("System.err");
    appender.setEncoder(
        json
            ? started(JsonLines.encoder(context, fields))
            : human(context, !level.isGreaterOrEqual(Level.INFO)));
    return appender;
  }

  private static Encoder<ILoggingEvent> human(LoggerContext context, boolean stackTraces) {
    var layout = new HumanLines(ZoneId.systemDefault(), stackTraces);
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static <T extends ch.qos.logback.core.spi.LifeCycle> T started(T part) {
    part.start();
    return part;
  }

  @Override
  public void close() {
    context.stop();
  }
}
