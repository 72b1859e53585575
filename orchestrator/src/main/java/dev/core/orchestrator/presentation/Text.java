package dev.core.orchestrator.presentation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How values look to people: instants in UTC, durations and sizes short, nothing that a terminal
 * obeys.
 */
public final class Text {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Text() {}

  public static String moment(@Nullable Instant instant) {
    return instant == null ? "" : MOMENT.format(instant);
  }

  /** Such as {@code 12.3s}, {@code 4m 05s}, {@code 3h 12m}, {@code 2d 04h}. */
  public static String span(@Nullable Duration duration) {
    if (duration == null) {
      return "";
    }
    if (duration.toMinutes() == 0) {
      var millis = duration.toMillis();
      return millis < 1000
          ? millis + "ms"
          : BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.DOWN) + "s";
    }
    if (duration.toHours() == 0) {
      return "%dm %02ds".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
    if (duration.toDays() == 0) {
      return "%dh %02dm".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return "%dd %02dh".formatted(duration.toDays(), duration.toHoursPart());
  }

  /** Such as {@code 812 B}, {@code 4.1 MB}. */
  public static String bytes(long bytes) {
    var units = new String[] {"B", "kB", "MB", "GB", "TB", "PB"};
    var value = BigDecimal.valueOf(bytes);
    var unit = 0;
    while (value.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < units.length - 1) {
      value = value.movePointLeft(3);
      unit++;
    }
    return (unit == 0 ? value : value.setScale(1, RoundingMode.HALF_UP)) + " " + units[unit];
  }

  public static String count(@Nullable Long number) {
    return number == null ? "" : "%,d".formatted(number);
  }

  /** Such as {@code 1 task}, {@code 3 tasks}. */
  public static String many(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /** Text from data, without the control characters that could move or recolour a terminal. */
  public static String printable(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point ->
            clean.appendCodePoint(
                Character.isISOControl(point) && point != '\n' && point != '\t'
                    ? '\uFFFD'
                    : point));
    return clean.toString().replace('\t', ' ');
  }

  /** Who started a run: the person and by what, or only that which started it by itself. */
  public static String startedBy(String trigger, String requestedBy) {
    return trigger.equals(requestedBy) ? trigger : requestedBy + " (" + trigger + ")";
  }

  public static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text, or its beginning and … when it is wider. */
  public static String cut(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }
}
