package dev.core.common.definition;

import java.math.BigDecimal;
import java.util.Optional;

/** Which sizes of attempts there are where they will run. */
@FunctionalInterface
public interface SizeRule {

  /** Whatever a machine could give. */
  SizeRule ANY = (_, _) -> Optional.empty();

  /** Why there is no such size, and which there are; empty if there is. */
  Optional<String> problem(BigDecimal vcpus, int memoryMib);
}
