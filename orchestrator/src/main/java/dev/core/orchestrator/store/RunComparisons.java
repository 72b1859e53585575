package dev.core.orchestrator.store;

import java.util.Optional;

/** Reads two runs to compare them. Thread-safe. */
public final class RunComparisons {

  private final RunQueries runs;
  private final DatasetQueries datasets;

  public RunComparisons(RunQueries runs, DatasetQueries datasets) {
    this.runs = runs;
    this.datasets = datasets;
  }

  /** Empty if one of them is not there. */
  public Optional<RunComparison> of(long a, long b) {
    return side(a).flatMap(sideA -> side(b).map(sideB -> RunComparison.of(sideA, sideB)));
  }

  private Optional<RunComparison.Side> side(long id) {
    return runs.detail(id)
        .flatMap(run ->
            runs.definition(run.summary().definitionSha256())
                .map(definition -> new RunComparison.Side(run, definition, datasets.ofRun(id))));
  }
}
