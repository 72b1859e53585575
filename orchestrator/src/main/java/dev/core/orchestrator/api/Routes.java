package dev.core.orchestrator.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Requests that somebody answers. */
public interface Routes {

  void addTo(RoutesConfig routes);

  /** What only reads: GET, and HEAD with the same headers. */
  static void read(RoutesConfig routes, String path, Handler handler) {
    var _ = routes.get(path, handler).head(path, handler);
  }
}
