package dev.core.common.definition;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On EC2, AWS Batch gives a job at least one vCPU and 4 MiB; what is too much depends on the hosts.
 */
public final class Ec2Sizes implements SizeRule {

  private static final int MEMORY_AT_LEAST = 4;

  @Override
  public Optional<String> problem(BigDecimal vcpus, int memoryMib, @Nullable String jobQueue) {
    if (vcpus.compareTo(BigDecimal.ONE) < 0) {
      return Optional.of(
          "%s vCPU is less than a job gets on EC2; allowed: at least 1"
              .formatted(vcpus.stripTrailingZeros().toPlainString()));
    }
    return memoryMib < MEMORY_AT_LEAST
        ? Optional.of(
            "%d MiB is less than a job gets on EC2; allowed: at least %d"
                .formatted(memoryMib, MEMORY_AT_LEAST))
        : Optional.empty();
  }
}
