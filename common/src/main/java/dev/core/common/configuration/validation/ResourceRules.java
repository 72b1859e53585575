package dev.core.common.configuration.validation;

import dev.core.common.configuration.validation.Problems.Place;
import dev.core.common.definition.ResourceLimits;
import org.jspecify.annotations.Nullable;

/** What a template or a transformation may ask for: within what any machine could give. */
final class ResourceRules {

  private final Problems problems;
  private final Place place;

  ResourceRules(Problems problems, Place place) {
    this.problems = problems;
    this.place = place;
  }

  /** Values as they stand in the columns; null: the template's. */
  void check(
      @Nullable Integer memoryMib,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer attempts,
      @Nullable Integer retryDelaySeconds) {
    check("memory_mib", memoryMib);
    check("timeout_seconds", timeoutSeconds);
    check("attempts", attempts);
    check("retry_delay_seconds", retryDelaySeconds);
  }

  private void check(String column, @Nullable Integer value) {
    if (value != null) {
      ResourceLimits.problem(column, value)
          .ifPresent(problem ->
              problems.error(place, column, problem, "correct it; nothing could ever run so"));
    }
  }
}
