package dev.core.orchestrator.api;

import dev.core.orchestrator.store.RunComparisons;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** How two runs differ. */
public final class ComparisonRoutes implements Routes {

  private final Queries queries;
  private final RunComparisons comparisons;

  public ComparisonRoutes(Queries queries, RunComparisons comparisons) {
    this.queries = queries;
    this.comparisons = comparisons;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/runs/{id}/diff/{other}", this::compare);
  }

  private void compare(Context request) {
    QueryParameters.only(request);
    long run = known(request, "id");
    long other = known(request, "other");
    HealthRoutes.answer(
        request,
        200,
        comparisons.of(run, other).orElseThrow(RunRoutes.unknown("run", request, "id")));
  }

  private long known(Context request, String name) {
    long id = RunRoutes.id(request, name);
    if (queries.runs().summary(id).isEmpty()) {
      throw RunRoutes.unknown("run", request, name).get();
    }
    return id;
  }
}
