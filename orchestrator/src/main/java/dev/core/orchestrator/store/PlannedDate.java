package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.orchestrator.trigger.FireTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A date of a schedule, for people.
 *
 * @param logicalDate when it fires
 * @param local what clocks of its time zone show then, with their offset
 * @param remark what a change of clocks has to do with it; null: nothing
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PlannedDate(Instant logicalDate, String local, @Nullable String remark) {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");

  private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  static PlannedDate of(FireTime time, ZoneId zone) {
    return new PlannedDate(
        time.at(), LOCAL.format(time.at().atZone(zone)), remark(time.kind(), time.local()));
  }

  private static @Nullable String remark(FireTime.Kind kind, LocalDateTime local) {
    String named = NAMED.format(local);
    return switch (kind) {
      case USUAL -> null;
      case AFTER_GAP -> named + " does not exist there; this is the first moment after the gap";
      case ONCE_OF_TWO -> named + " comes twice there; this is the first, and the only run";
      case FIRST_OF_TWO -> named + " comes twice there; this is the first";
      case SECOND_OF_TWO -> named + " comes twice there; this is the second";
    };
  }
}
