package dev.core.common.definition;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** AWS Fargate has certain pairs of vCPU and memory, and refuses a job that asks for another. */
public final class FargateSizes implements SizeRule {

  /** MiB, all ends included. */
  private record Memory(int least, int most, int step) {
    boolean holds(int mib) {
      return mib >= least && mib <= most && (mib - least) % step == 0;
    }

    @Override
    public String toString() {
      return "%d to %d MiB in steps of %d".formatted(least, most, step);
    }
  }

  private static final Memory OF_A_QUARTER = new Memory(1024, 2048, 1024);
  private static final BigDecimal QUARTER = new BigDecimal("0.25");

  private static final TreeMap<BigDecimal, Memory> SIZES =
      new TreeMap<>(
          Map.of(
              QUARTER,
              OF_A_QUARTER,
              new BigDecimal("0.5"),
              new Memory(1024, 4096, 1024),
              new BigDecimal("1"),
              new Memory(2048, 8192, 1024),
              new BigDecimal("2"),
              new Memory(4096, 16_384, 1024),
              new BigDecimal("4"),
              new Memory(8192, 30_720, 1024),
              new BigDecimal("8"),
              new Memory(16_384, 61_440, 4096),
              new BigDecimal("16"),
              new Memory(32_768, 122_880, 8192)));

  @Override
  public Optional<String> problem(BigDecimal vcpus, int memoryMib, @Nullable String jobQueue) {
    // A map sorted by value finds 1.00 as 1.
    var memory = SIZES.get(vcpus);
    if (memory == null) {
      return Optional.of(
          "%s vCPU is no size of Fargate; allowed: %s"
              .formatted(
                  vcpus.stripTrailingZeros().toPlainString(),
                  SIZES.keySet().stream()
                      .map(BigDecimal::toPlainString)
                      .collect(Collectors.joining(", "))));
    }
    boolean smallest = memory.equals(OF_A_QUARTER) && memoryMib == 512;
    return smallest || memory.holds(memoryMib)
        ? Optional.empty()
        : Optional.of(
            "%s vCPU with %d MiB is no size of Fargate; with that vCPU allowed: %s%s"
                .formatted(
                    vcpus.stripTrailingZeros().toPlainString(),
                    memoryMib,
                    memory.equals(OF_A_QUARTER) ? "512 MiB, " : "",
                    memory));
  }
}
