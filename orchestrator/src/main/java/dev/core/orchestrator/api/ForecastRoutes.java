package dev.core.orchestrator.api;

import dev.core.common.configuration.PipelineDefinitions;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.variables.Quoted;
import dev.core.orchestrator.dag.DagBuilder;
import dev.core.orchestrator.forecast.Chance;
import dev.core.orchestrator.forecast.Forecast;
import dev.core.orchestrator.forecast.Work;
import dev.core.orchestrator.presentation.AssumedWorks;
import dev.core.orchestrator.presentation.ForecastAnswer;
import dev.core.orchestrator.presentation.JsonAnswer;
import dev.core.orchestrator.presentation.WorkText;
import dev.core.orchestrator.store.ForecastQueries;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run of a pipeline would take, from what its last runs took. Nothing is started. */
public final class ForecastRoutes implements Routes {

  private static final int USUAL_HISTORY = 10;
  private static final int MOST_HISTORY = 1_000;
  private static final int MOST_SLOTS = 1_000_000;
  private static final long SEED = 1;

  private final Queries queries;
  private final ForecastQueries forecasts;

  public ForecastRoutes(Queries queries, ForecastQueries forecasts) {
    this.queries = queries;
    this.forecasts = forecasts;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/pipelines/{name}/forecast", this::forecast);
  }

  /** What is assumed, as the request says it. */
  private record Asked(int history, @Nullable Integer slots, @Nullable Work otherwise) {

    static Asked of(Context request) {
      QueryParameters.only(request, "history", "slots", "default_duration");
      var faults = new ArrayList<String>();
      var history = number(request, "history", 0, MOST_HISTORY, faults);
      var slots = number(request, "slots", 1, MOST_SLOTS, faults);
      var text = request.queryParam("default_duration");
      var work = text == null ? null : WorkText.parse(text).orElse(null);
      if (text != null && work == null) {
        faults.add(
            "default_duration is %s; allowed: %s".formatted(Quoted.text(text), WorkText.ALLOWED));
      }
      if (!faults.isEmpty()) {
        throw Problem.badRequest(faults).refusal();
      }
      return new Asked(history == null ? USUAL_HISTORY : history, slots, work);
    }

    private static @Nullable Integer number(
        Context request, String name, int least, int most, List<String> faults) {
      var text = request.queryParam(name);
      if (text == null) {
        return null;
      }
      var number = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : -1;
      if (number < least || number > most) {
        faults.add("%s is %s; allowed: %d to %d".formatted(name, Quoted.text(text), least, most));
      }
      return number;
    }
  }

  private void forecast(Context request) {
    var asked = Asked.of(request);
    var definition = definition(request.pathParam("name"));
    var keys = DagBuilder.build(definition).transformationKeys();
    if (keys.isEmpty()) {
      throw Problem.of(
              409, "Refused", "pipeline '%s' has no transformations".formatted(definition.name()))
          .refusal();
    }
    var slots = asked.slots() == null ? forecasts.backendSlots() : asked.slots();
    var works = works(definition, keys, asked, slots != null);
    var forecast =
        Forecast.of(
            definition,
            works.works(),
            forecasts.conditions(definition, slots),
            List.of(),
            Chance.usual(keys.size(), SEED));
    request
        .status(200)
        .result(JsonAnswer.of(ForecastAnswer.of(definition.name(), works, forecast)))
        .contentType("application/json");
  }

  private AssumedWorks works(
      PipelineDefinition definition, List<String> keys, Asked asked, boolean queued) {
    var attempts = forecasts.attempts();
    var runs = attempts.succeeded(definition.name(), asked.history());
    try {
      return AssumedWorks.of(
          definition.name(), keys, Map.of(), attempts.tries(runs), runs, asked.otherwise(), queued);
    } catch (AssumedWorks.UnknownDurations e) {
      throw Problem.of(
              409,
              "Refused",
              e.getMessage() + "; give default_duration, such as default_duration=5m")
          .refusal();
    }
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
}
