package dev.core.orchestrator.forecast;

import dev.core.orchestrator.engine.RunStatus;
import java.time.Duration;
import java.util.List;

/**
 * What would come of a {@link WhatIf}.
 *
 * @param status of the usual course
 * @param makespan of the usual course
 * @param troubles why the usual course does not succeed, if it does not
 */
public record Alternative(
    String what, RunStatus status, Duration makespan, Spread spread, List<String> troubles) {
  public Alternative {
    troubles = List.copyOf(troubles);
  }

  public boolean succeeds() {
    return status == RunStatus.SUCCEEDED;
  }
}
