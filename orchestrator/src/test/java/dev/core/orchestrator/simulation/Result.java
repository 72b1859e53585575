package dev.core.orchestrator.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a seed.
 *
 * @param violation null: every law held
 * @param struck faults in the order in which they struck
 */
record Result(@Nullable Violation violation, List<Fault> struck, Tally tally) {

  boolean failed() {
    return violation != null;
  }
}
