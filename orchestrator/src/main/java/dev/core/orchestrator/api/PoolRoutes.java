package dev.core.orchestrator.api;

import dev.core.orchestrator.store.PoolQueries;
import io.javalin.config.RoutesConfig;

/** Pools, who holds their slots, and who waits. */
public final class PoolRoutes implements Routes {

  private final PoolQueries pools;

  public PoolRoutes(PoolQueries pools) {
    this.pools = pools;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(
        routes,
        "/api/pools",
        request -> {
          QueryParameters.only(request);
          HealthRoutes.answer(request, 200, pools.list());
        });
  }
}
