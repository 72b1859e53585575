package dev.core.common.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an attempt may ask for at all, wherever it runs: beyond these numbers there is no machine,
 * or nobody would live to see the end. A backend may allow less.
 */
public final class ResourceLimits {

  private record Range(long least, long most, String unit) {}

  private static final Map<String, Range> RANGES = ranges();

  /** The columns that have limits, as the store calls them. */
  public static final Set<String> NAMES = RANGES.keySet();

  private ResourceLimits() {}

  /** Why a column of {@link #NAMES} may not have that value, if it may not. */
  public static Optional<String> problem(String column, long value) {
    var range = RANGES.get(column);
    if (range == null) {
      throw new IllegalArgumentException("no limits of " + column);
    }
    return value < range.least() || value > range.most()
        ? Optional.of(
            "%d must be from %d to %d%s"
                .formatted(value, range.least(), range.most(), range.unit()))
        : Optional.empty();
  }

  private static Map<String, Range> ranges() {
    var ranges = new LinkedHashMap<String, Range>();
    ranges.put("memory_mib", new Range(1, 32L * 1024 * 1024, " (32 TiB)"));
    ranges.put("timeout_seconds", new Range(1, 366L * 24 * 3600, " (366 days)"));
    ranges.put("attempts", new Range(1, 1000, ""));
    ranges.put("retry_delay_seconds", new Range(0, 31L * 24 * 3600, " (31 days)"));
    return ranges;
  }
}
