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
 * @param jobQueue of AWS Batch, by name or ARN; null: that of the installation
 */
public record Resources(
    BigDecimal vcpus,
    int memoryMib,
    int timeoutSeconds,
    int attempts,
    int retryDelaySeconds,
    @Nullable String pool,
    @Nullable String image,
    @Nullable String jobQueue) {
  public Resources {
    vcpus = vcpus.stripTrailingZeros();
  }

  /** In the job queue of the installation. */
  public Resources(
      BigDecimal vcpus,
      int memoryMib,
      int timeoutSeconds,
      int attempts,
      int retryDelaySeconds,
      @Nullable String pool,
      @Nullable String image) {
    this(vcpus, memoryMib, timeoutSeconds, attempts, retryDelaySeconds, pool, image, null);
  }
}
