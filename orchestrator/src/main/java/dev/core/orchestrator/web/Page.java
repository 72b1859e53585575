package dev.core.orchestrator.web;

import java.util.List;

/** What a template is filled with. */
public sealed interface Page {

  /** Whether everything on it was simulated, which is said on every page. */
  boolean simulated();

  /**
   * Pipelines and the newest runs.
   *
   * @param query of the page's address, so that its parts are asked for with the same filter
   * @param filter the filter in words; empty: none
   */
  record Home(
      boolean simulated,
      List<PipelineRow> pipelines,
      List<RunRow> runs,
      String query,
      String filter)
      implements Page {}

  /** A run with its tasks. */
  record Run(boolean simulated, RunRow run, List<String> parameters, List<TaskRow> tasks)
      implements Page {}
}
