package dev.core.orchestrator.api;

import dev.core.orchestrator.store.StatusQueries;
import io.javalin.config.RoutesConfig;

/** Who leads, who stands by, and how much there is to do. */
public final class StatusRoutes implements Routes {

  private final StatusQueries status;

  public StatusRoutes(StatusQueries status) {
    this.status = status;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/status", request -> HealthRoutes.answer(request, 200, status.read()));
  }
}
