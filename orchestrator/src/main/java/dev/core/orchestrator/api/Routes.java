package dev.core.orchestrator.api;

import io.javalin.config.RoutesConfig;

/** Requests that somebody answers. */
public interface Routes {

  void addTo(RoutesConfig routes);
}
