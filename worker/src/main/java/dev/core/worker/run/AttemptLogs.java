package dev.core.worker.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.core.common.secrets.Masking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * Gives each attempt of a resident worker a log file of its own: lines for people, flushed one by
 * one, so that they can be followed. A line belongs to the attempt whose file stands in the field
 * {@link #FIELD}; it is kept from the console, which is the worker's own. Thread-safe.
 */
public final class AttemptLogs extends AppenderBase<ILoggingEvent> {

  /** The logger of attempts and the parent of their transformations' loggers. */
  public static final String LOGGER = "attempt";

  static final String FIELD = "attempt_log";

  private final Map<String, Writer> files = new ConcurrentHashMap<>();

  private AttemptLogs() {}

  /** Takes part in the logging of this process from now on. */
  public static AttemptLogs install() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var logs = new AttemptLogs();
    logs.setContext(context);
    logs.setName("attempts");
    logs.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (var appenders = root.iteratorForAppenders(); appenders.hasNext(); ) {
      keepFrom(appenders.next());
    }
    root.addAppender(logs);
    showAttempts();
    return logs;
  }

  /** What attempts say is their result, not a detail of CORE: no level of logging hides it. */
  public static void showAttempts() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var attempts = context.getLogger(LOGGER);
    if (!attempts.isInfoEnabled()) {
      attempts.setLevel(Level.INFO);
    }
  }

  private static void keepFrom(Appender<ILoggingEvent> appender) {
    if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
      var filter = new NotOfAttempts();
      filter.start();
      console.addFilter(filter);
    }
  }

  /** Starts a file, or goes on with one. */
  void open(Path file) {
    var _ =
        files.computeIfAbsent(
            file.toString(),
            name -> {
              try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                return Files.newBufferedWriter(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              } catch (IOException e) {
                throw new UncheckedIOException("cannot write the log " + name, e);
              }
            });
  }

  /** A line of a program that writes its own times and levels. */
  public synchronized void line(Path file, String text) {
    var writer = files.get(file.toString());
    if (writer != null) {
      write(writer, text + "\n");
    }
  }

  /** Ends a file; what comes later for it is dropped. */
  synchronized void close(Path file) {
    try (var writer = files.remove(file.toString())) {
      if (writer != null) {
        writer.flush();
      }
    } catch (IOException e) {
      addError("cannot close the log " + file, e);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    var file = event.getMDCPropertyMap().get(FIELD);
    var writer = file == null ? null : files.get(file);
    if (writer != null) {
      synchronized (this) {
        write(writer, text(event));
      }
    }
  }

  private void write(Writer writer, String text) {
    try {
      writer.write(text);
      writer.flush();
    } catch (IOException e) {
      addError("cannot write to the log of an attempt", e);
    }
  }

  private static String text(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return Masking.mask(
        "%s %-5s %s\n%s"
            .formatted(
                Instant.ofEpochMilli(event.getTimeStamp()),
                event.getLevel(),
                event.getFormattedMessage(),
                thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
  }

  private static final class NotOfAttempts extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return event.getMDCPropertyMap().containsKey(FIELD) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
  }
}
