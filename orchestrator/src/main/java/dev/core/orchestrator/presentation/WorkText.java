package dev.core.orchestrator.presentation;

import dev.core.orchestrator.forecast.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 90s}, {@code 1h30m}, or from to: {@code 2m..5m}. */
public final class WorkText {

  public static final String ALLOWED = "such as 90s, 2m, 1h30m or, from to, 2m..5m";

  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private WorkText() {}

  /** Empty if it is not one. */
  public static Optional<Work> parse(String text) {
    int range = text.indexOf("..");
    if (range < 0) {
      return duration(text).map(Work.Given::new);
    }
    return duration(text.substring(0, range))
        .flatMap(least ->
            duration(text.substring(range + 2))
                .filter(most -> most.compareTo(least) >= 0)
                .map(most -> new Work.Between(least, most)));
  }

  private static Optional<Duration> duration(String text) {
    var parts = DURATION.matcher(text.strip());
    if (text.isBlank() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(number(parts.group(1)))
            .plusHours(number(parts.group(2)))
            .plusMinutes(number(parts.group(3)))
            .plusSeconds(number(parts.group(4)))
            .plusMillis(number(parts.group(5))));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
