package dev.core.common.definition;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt gets, and how often it is tried: the template's defaults with the
 * transformation's overrides applied.
 *
 * @param attempts tries that failures of the user's own may spend, at least 1
 * @param retryDelaySeconds between them
 * @param pool whose slots it takes; null: none
 * @param image null: the image of CORE itself
 */
public record Resources(
    BigDecimal vcpus,
    int memoryMib,
    int timeoutSeconds,
    int attempts,
    int retryDelaySeconds,
    @Nullable String pool,
    @Nullable String image) {
  public Resources {
    vcpus = vcpus.stripTrailingZeros();
  }
}
