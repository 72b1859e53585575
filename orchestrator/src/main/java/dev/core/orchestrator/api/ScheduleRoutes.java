package dev.core.orchestrator.api;

import dev.core.common.variables.Quoted;
import dev.core.orchestrator.command.Command;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** When pipelines run by themselves, and holding them up. */
public final class ScheduleRoutes implements Routes {

  private static final int USUAL = 5;
  private static final int MOST = 1_000;
  private static final int LONGEST_REASON = 500;

  private final Queries queries;
  private final Commanding commanding;

  public ScheduleRoutes(Queries queries, Commanding commanding) {
    this.queries = queries;
    this.commanding = commanding;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(
        routes,
        "/api/schedules",
        request -> HealthRoutes.answer(request, 200, queries.schedules().list()));
    Routes.read(routes, "/api/pipelines/{name}/schedule", this::show);
    routes.post("/api/pipelines/{name}/pause", request -> pause(request, pipeline(request)));
    routes.post("/api/pipelines/{name}/resume", request -> resume(request, pipeline(request)));
    routes.post("/api/pause", request -> pause(request, null));
    routes.post("/api/resume", request -> resume(request, null));
  }

  private void show(Context request) {
    var name = pipeline(request);
    var schedule =
        queries
            .schedules()
            .find(name, next(request.queryParam("next")))
            .orElseThrow(() ->
                Problem.notFound(
                        "pipeline '%s' has no run_frequency: it is started by hand".formatted(name))
                    .refusal());
    HealthRoutes.answer(request, 200, schedule);
  }

  private static int next(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : MOST + 1;
    if (number > MOST) {
      throw Problem.badRequest("next is %s; allowed: 0 to %d".formatted(Quoted.text(text), MOST))
          .refusal();
    }
    return number;
  }

  private void pause(Context request, @Nullable String pipeline) throws InterruptedException {
    var body = RequestBody.of(request).only("reason");
    var reason = body.text("reason", LONGEST_REASON);
    body.finish();
    commanding.run(request, new Command.Pause(pipeline, reason), 200);
  }

  private void resume(Context request, @Nullable String pipeline) throws InterruptedException {
    RequestBody.of(request).only().finish();
    commanding.run(request, new Command.Resume(pipeline), 200);
  }

  private String pipeline(Context request) {
    var name = request.pathParam("name");
    if (!queries.pipelines().exists(name)) {
      throw Problem.notFound(
              "there is no pipeline '%s'; GET /api/pipelines lists them".formatted(name))
          .refusal();
    }
    return name;
  }
}
