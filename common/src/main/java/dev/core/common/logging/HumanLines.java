package dev.core.common.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.core.common.secrets.Masking;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A line for people: time, level, what happened, then its fields. Of an exception it tells the
 * messages; the stack trace stands in the JSON lines, and here when asked for.
 */
final class HumanLines extends LayoutBase<ILoggingEvent> {
  private final DateTimeFormatter time;
  private final boolean stackTraces;

  HumanLines(ZoneId zone, boolean stackTraces) {
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
    this.stackTraces = stackTraces;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(120);
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(event.getLevel());
    line.repeat(' ', Math.max(1, 6 - event.getLevel().toString().length()));
    line.append(event.getFormattedMessage());
    var pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> field(line, pair.key, pair.value));
    }
    var fields = event.getMDCPropertyMap();
    for (var name : LogFields.SHOWN) {
      if (fields.containsKey(name)) {
        field(line, name, fields.get(name));
      }
    }
    var thrown = event.getThrowableProxy();
    if (thrown != null && stackTraces) {
      line.append('\n').append(ThrowableProxyUtil.asString(thrown));
    } else {
      causes(line, thrown);
      line.append('\n');
    }
    return Masking.mask(line.toString());
  }

  private static void causes(StringBuilder line, @Nullable IThrowableProxy thrown) {
    var told = "";
    for (var each = thrown; each != null; each = each.getCause()) {
      var message = each.getMessage() == null ? each.getClassName() : each.getMessage();
      // A wrapper often repeats what it wraps.
      if (!told.contains(message)) {
        line.append(": ").append(message);
        told = message;
      }
    }
  }

  private static void field(StringBuilder line, String name, @Nullable Object value) {
    line.append("  ").append(name).append('=').append(value);
  }
}
