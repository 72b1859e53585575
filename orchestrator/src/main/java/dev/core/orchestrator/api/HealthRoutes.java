package dev.core.orchestrator.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.json.Json;
import dev.core.orchestrator.store.Leader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process is up, and whether it can do its work. */
public final class HealthRoutes implements Routes {

  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  private final Queries queries;

  private final BooleanSupplier leads;

  /**
   * @param leads whether this process leads, rather than stands by
   */
  public HealthRoutes(Queries queries, BooleanSupplier leads) {
    this.queries = queries;
    this.leads = leads;
  }

  private record Health(String status, String role) {}

  private record Check(String name, boolean ok, String detail) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record Readiness(
      boolean ready, String role, @Nullable Leader leader, List<Check> checks) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/health", request -> answer(request, 200, new Health("up", role())));
    Routes.read(routes, "/api/ready", this::ready);
  }

  private String role() {
    return leads.getAsBoolean() ? "leader" : "stand_by";
  }

  private void ready(Context request) {
    var readiness = readiness();
    answer(request, readiness.ready() ? 200 : 503, readiness);
  }

  private Readiness readiness() {
    try {
      queries.database().requireCurrentSchema();
      var leader = queries.runs().leader();
      return new Readiness(
          leader.alive(),
          role(),
          leader,
          List.of(
              new Check("database", true, "reached, at the schema of this program"),
              new Check(
                  "leader",
                  leader.alive(),
                  leader.alive() ? "led by " + leader.holder() : "nobody leads")));
    } catch (RuntimeException e) {
      // Not ready is an answer, whatever the reason; the log has it in full.
      LOG.warn("not ready", e);
      return new Readiness(
          false,
          role(),
          null,
          List.of(new Check("database", false, "not reached, or not at the right schema")));
    }
  }

  static void answer(Context request, int status, Object value) {
    request.status(status).result(Json.write(value)).contentType("application/json");
  }
}
