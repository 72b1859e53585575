package dev.core.common.configuration.validation;

import dev.core.common.variables.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with when a pipeline is to run; it can be told of a pipeline that is not stored
 * yet.
 *
 * @param column of {@code configuration.pipelines}
 * @param message what is wrong, without a full stop
 * @param remedy what to do
 */
public record ScheduleFault(String column, String message, String remedy) {

  /**
   * Every fault there is.
   *
   * @param frequency null: it is started by hand
   */
  public static List<ScheduleFault> of(@Nullable String frequency, String timeZone) {
    var faults = new ArrayList<ScheduleFault>();
    if (frequency != null) {
      RunFrequency.parse(frequency)
          .problems()
          .forEach(problem ->
              faults.add(
                  new ScheduleFault(
                      "run_frequency", problem, "correct it, or set null to start by hand")));
    }
    if (!isZone(timeZone)) {
      faults.add(
          new ScheduleFault(
              "time_zone",
              "'%s' is no time zone%s"
                  .formatted(timeZone, Nearest.hint(timeZone, ZoneId.getAvailableZoneIds())),
              "name one of the IANA database, such as Europe/Berlin or UTC"));
    }
    return faults;
  }

  private static boolean isZone(String name) {
    try {
      var _ = ZoneId.of(name);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }
}
