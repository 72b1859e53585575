package dev.core.common.definition;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which sizes of attempts there are where they will run. */
@FunctionalInterface
public interface SizeRule {

  /** Whatever a machine could give. */
  SizeRule ANY = (_, _, _) -> Optional.empty();

  /**
   * Why there is no such size, and which there are; empty if there is.
   *
   * @param jobQueue that is asked for; null: that of the installation
   */
  Optional<String> problem(BigDecimal vcpus, int memoryMib, @Nullable String jobQueue);
}
