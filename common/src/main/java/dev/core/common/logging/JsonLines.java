package dev.core.common.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.util.Duration;
import dev.core.common.json.Json;
import dev.core.common.secrets.Masking;
import java.util.Map;
import net.logstash.logback.appender.LogstashTcpSocketAppender;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines. Apart from the rest, so that a program that writes none does not load what they need.
 */
final class JsonLines {
  private JsonLines() {}

  static LogstashEncoder encoder(LoggerContext context, Map<String, String> fields) {
    var encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setTimeZone("UTC");
    encoder.setCustomFields(Json.write(fields));
    var masking = new MaskingJsonGeneratorDecorator();
    masking.addValueMasker((_, value) -> value instanceof CharSequence text ? masked(text) : null);
    masking.start();
    encoder.addDecorator(masking);
    return encoder;
  }

  /** Null: it may stay as it is. */
  private static @Nullable Object masked(CharSequence text) {
    String masked = Masking.mask(text.toString());
    return masked.contentEquals(text) ? null : masked;
  }

  /**
   * Sends lines from a thread of its own. While the other side is away or slow, lines wait in a
   * buffer, and when that is full they are dropped: nothing ever waits for it.
   */
  static Appender<ILoggingEvent> logstash(
      LoggerContext context, String host, int port, Map<String, String> fields) {
    var appender = new LogstashTcpSocketAppender();
    appender.setContext(context);
    appender.setName("logstash");
    // It would write to standard output.
    appender.setAddDefaultStatusListener(false);
    appender.addDestination(host + ":" + port);
    appender.setEncoder(encoder(context, fields));
    appender.setReconnectionDelay(Duration.buildBySeconds(5));
    appender.setShutdownGracePeriod(Duration.buildBySeconds(1));
    return appender;
  }
}
