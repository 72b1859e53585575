package dev.core.orchestrator.api;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Mark;
import dev.core.orchestrator.engine.Selection;
import dev.core.orchestrator.store.CorrectionQueries;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Clearing, retrying and marking tasks of a run. With {@code dry_run} the answer is what would
 * happen, by the rules that the leader applies.
 */
public final class CorrectionRoutes implements Routes {

  private static final int LONGEST_REASON = 300;
  private static final int LONGEST_NAME = 300;

  private final Queries queries;
  private final Commanding commanding;

  public CorrectionRoutes(Queries queries, Commanding commanding) {
    this.queries = queries;
    this.commanding = commanding;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/runs/{id}/clear", this::clear);
    routes.post("/api/runs/{id}/retry", this::retry);
    routes.post("/api/runs/{id}/mark", this::mark);
  }

  private void clear(Context request) throws InterruptedException {
    var asked = Asked.of(request);
    asked.body().finish();
    correct(request, asked, new Command.ClearTasks(asked.runId(), asked.tasks(), asked.reason()));
  }

  private void retry(Context request) throws InterruptedException {
    var asked = Asked.of(request);
    asked.body().finish();
    correct(request, asked, new Command.RetryTasks(asked.runId(), asked.tasks(), asked.reason()));
  }

  private void mark(Context request) throws InterruptedException {
    var asked = Asked.of(request, "as", "result");
    var as = asked.body().choice("as", Mark.class);
    var result = asked.body().value("result");
    if (result != null && as != null && as != Mark.SUCCEEDED) {
      asked.body().fault("'result' is for tasks that are marked succeeded");
    }
    asked.body().finish();
    correct(
        request,
        asked,
        new Command.MarkTasks(
            asked.runId(), asked.tasks(), asked.reason(), Objects.requireNonNull(as), result));
  }

  /** What every such request says. */
  private record Asked(
      RequestBody body, long runId, Selection tasks, String reason, boolean dryRun) {

    static Asked of(Context request, String... more) {
      var body =
          RequestBody.of(request).only(more, "task", "state", "downstream", "reason", "dry_run");
      var task = body.text("task", LONGEST_NAME);
      var state = body.text("state", LONGEST_NAME);
      var downstream = body.flag("downstream");
      if (task != null && state != null) {
        body.fault("name a 'task' or a 'state', not both");
      }
      if (downstream && task == null && state == null) {
        body.fault("'downstream' of what? name a 'task' or a 'state'");
      }
      var reason = body.text("reason", LONGEST_REASON);
      return new Asked(
          body,
          RunRoutes.id(request),
          tasks(task, state, downstream),
          Objects.requireNonNullElse(reason, ""),
          body.flag("dry_run"));
    }

    private static Selection tasks(
        @Nullable String task, @Nullable String state, boolean downstream) {
      if (task != null) {
        return new Selection.OfTask(task, downstream);
      }
      return state == null ? new Selection.Everything() : new Selection.OfState(state, downstream);
    }
  }

  private void correct(Context request, Asked asked, Command.OfTasks command)
      throws InterruptedException {
    if (queries.runs().summary(asked.runId()).isEmpty()) {
      throw RunRoutes.unknown("run", request).get();
    }
    if (!asked.dryRun()) {
      commanding.run(request, command, 202);
      return;
    }
    switch (queries.corrections().preview(command, Commanding.by(request))) {
      case CorrectionQueries.Impossible(var message) ->
          throw Problem.of(409, "Refused", message).refusal();
      case CorrectionQueries.Possible(var preview) -> HealthRoutes.answer(request, 200, preview);
    }
  }
}
