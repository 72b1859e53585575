package dev.core.orchestrator.api;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.store.RerunQueries;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Rerunning the date of a run. With {@code dry_run} the answer is what would be taken over. */
public final class RerunRoutes implements Routes {

  private final Queries queries;
  private final RerunQueries reruns;
  private final Commanding commanding;

  public RerunRoutes(Queries queries, RerunQueries reruns, Commanding commanding) {
    this.queries = queries;
    this.reruns = reruns;
    this.commanding = commanding;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/runs/{id}/rerun", this::rerun);
  }

  private void rerun(Context request) throws InterruptedException {
    var body = RequestBody.of(request).only("parameters", "all", "dry_run");
    var parameters = body.texts("parameters");
    var all = body.flag("all");
    var dryRun = body.flag("dry_run");
    body.finish();
    var id = RunRoutes.id(request);
    if (queries.runs().summary(id).isEmpty()) {
      throw RunRoutes.unknown("run", request).get();
    }
    var command = new Command.RerunRun(id, "api", parameters, all);
    if (!dryRun) {
      commanding.run(request, command, 201);
      return;
    }
    switch (reruns.preview(command)) {
      case RerunQueries.Impossible(var message, var problems) ->
          throw new Problem(409, "Refused", message, problems).refusal();
      case RerunQueries.Possible(var preview) -> HealthRoutes.answer(request, 200, preview);
    }
  }
}
