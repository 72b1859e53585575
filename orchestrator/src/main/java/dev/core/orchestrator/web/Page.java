package dev.core.orchestrator.web;

import java.util.List;

/** What a template is filled with. */
public sealed interface Page {

  /**
   * Pipelines and the newest runs.
   *
   * @param query of the page's address, so that its parts are asked for with the same filter
   * @param filter the filter in words; empty: none
   */
  record Home(List<PipelineRow> pipelines, List<RunRow> runs, String query, String filter)
      implements Page {}

  /** A run with its tasks. */
  record Run(RunRow run, List<String> parameters, List<TaskRow> tasks) implements Page {}
}
