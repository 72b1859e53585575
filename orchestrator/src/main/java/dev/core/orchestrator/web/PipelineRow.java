package dev.core.orchestrator.web;

import dev.core.orchestrator.presentation.StatusSign;
import dev.core.orchestrator.store.PipelineSummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as a page shows it.
 *
 * @param newestRun null: it has never run
 * @param runsUrl the page with its runs alone
 */
public record PipelineRow(
    String name,
    String client,
    String brand,
    String frequency,
    boolean active,
    @Nullable Long newestRun,
    @Nullable StatusSign status,
    String runsUrl) {

  static PipelineRow of(PipelineSummary pipeline) {
    var run = pipeline.newestRun();
    return new PipelineRow(
        pipeline.name(),
        pipeline.client(),
        pipeline.brand(),
        pipeline.frequencyText(),
        pipeline.active(),
        run == null ? null : run.runId(),
        run == null ? null : StatusSign.of(run.status()),
        "/?pipeline=" + URLEncoder.encode(pipeline.name(), StandardCharsets.UTF_8));
  }
}
