package dev.core.orchestrator.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process is up, and whether it can do its work. */
public final class HealthRoutes implements Routes {

  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  private final Queries queries;

  public HealthRoutes(Queries queries) {
    this.queries = queries;
  }

  private record Health(String status) {}

  private record Check(String name, boolean ok, String detail) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record Readiness(boolean ready, List<Check> checks) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/health", request -> answer(request, 200, new Health("up")));
    Routes.read(routes, "/api/ready", this::ready);
  }

  private void ready(Context request) {
    var checks = checks();
    var ready = checks.stream().allMatch(Check::ok);
    answer(request, ready ? 200 : 503, new Readiness(ready, checks));
  }

  private List<Check> checks() {
    try {
      queries.database().requireCurrentSchema();
      var leader = queries.runs().leader();
      return List.of(
          new Check("database", true, "reached, at the schema of this program"),
          new Check(
              "leader",
              leader.alive(),
              leader.alive() ? "led by " + leader.holder() : "nobody leads"));
    } catch (RuntimeException e) {
      // Not ready is an answer, whatever the reason; the log has it in full.
      LOG.warn("not ready", e);
      return List.of(new Check("database", false, "not reached, or not at the right schema"));
    }
  }

  static void answer(Context request, int status, Object value) {
    request.status(status).result(Json.write(value)).contentType("application/json");
  }
}
