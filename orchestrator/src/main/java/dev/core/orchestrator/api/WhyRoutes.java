package dev.core.orchestrator.api;

import dev.core.orchestrator.store.PipelineWhyQueries;
import dev.core.orchestrator.store.WhyQueries;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;

/** The answer to "why is it not running?". */
public final class WhyRoutes implements Routes {

  private final Queries queries;
  private final WhyQueries why;
  private final PipelineWhyQueries pipelines;

  public WhyRoutes(Queries queries, WhyQueries why, PipelineWhyQueries pipelines) {
    this.queries = queries;
    this.why = why;
    this.pipelines = pipelines;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/runs/{id}/why", this::run);
    Routes.read(routes, "/api/pipelines/{name}/why", this::pipeline);
  }

  private void run(Context request) {
    var summary =
        queries
            .runs()
            .summary(RunRoutes.id(request))
            .orElseThrow(RunRoutes.unknown("run", request));
    var explanations = new ArrayList<Object>(why.explain(summary));
    why.explainRun(summary).ifPresent(explanations::addFirst);
    HealthRoutes.answer(request, 200, explanations);
  }

  private void pipeline(Context request) {
    var name = request.pathParam("name");
    HealthRoutes.answer(
        request,
        200,
        pipelines
            .explain(name)
            .orElseThrow(() ->
                Problem.notFound(
                        "there is no pipeline '%s'; GET /api/pipelines lists them".formatted(name))
                    .refusal()));
  }
}
