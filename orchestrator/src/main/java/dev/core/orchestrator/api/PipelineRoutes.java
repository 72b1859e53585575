package dev.core.orchestrator.api;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.variables.Parameters;
import dev.core.common.variables.VariableProblem;
import dev.core.orchestrator.command.Command;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** Pipelines, and starting their runs. */
public final class PipelineRoutes implements Routes {

  private final Queries queries;
  private final Commanding commanding;

  public PipelineRoutes(Queries queries, Commanding commanding) {
    this.queries = queries;
    this.commanding = commanding;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(
        routes,
        "/api/pipelines",
        request -> {
          QueryParameters.only(request);
          HealthRoutes.answer(request, 200, queries.pipelines().list());
        });
    routes.post("/api/pipelines/{name}/runs", this::start);
  }

  private void start(Context request) throws InterruptedException {
    var definition = definition(request.pathParam("name"));
    var body = RequestBody.of(request).only("parameters", "logical_date");
    var parameters = body.texts("parameters");
    var logicalDate = body.moment("logical_date");
    body.finish();
    check(definition, parameters);
    commanding.run(
        request, new Command.StartRun(definition.name(), "api", parameters, logicalDate), 201);
  }

  private PipelineDefinition definition(String name) {
    return queries
        .database()
        .jdbi()
        .withHandle(handle -> PipelineDefinitions.read(handle, name))
        .orElseThrow(() ->
            Problem.notFound(
                    "there is no pipeline '%s'; GET /api/pipelines lists them".formatted(name))
                .refusal());
  }

  /** Told here at once what the leader would refuse later. */
  private static void check(PipelineDefinition definition, Map<String, String> parameters) {
    switch (Parameters.resolve(definition.parameters(), parameters, definition.zone())) {
      case Parameters.Resolved _ -> {}
      case Parameters.Refused(var problems) ->
          throw new Problem(
                  422,
                  "Unprocessable content",
                  "pipeline '%s' cannot be started so".formatted(definition.name()),
                  problems.stream().map(VariableProblem::toString).toList())
              .refusal();
    }
  }
}
