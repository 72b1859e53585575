package dev.core.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.core.common.variables.Quoted;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.store.RunFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs: reading and cancelling them, and the commands that were given. */
public final class RunRoutes implements Routes {

  private static final int MOST = 1000;
  private static final int USUAL = 50;
  private static final int LONGEST_REASON = 500;

  private final Queries queries;
  private final Commanding commanding;

  public RunRoutes(Queries queries, Commanding commanding) {
    this.queries = queries;
    this.commanding = commanding;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/api/runs", this::list);
    Routes.read(routes, "/api/runs/{id}", this::show);
    routes.post("/api/runs/{id}/cancel", this::cancel);
    Routes.read(routes, "/api/commands/{id}", this::command);
  }

  private void list(Context request) {
    var filter = filter(request);
    var found = queries.runs().list(filter.withLimit(filter.limit() + 1));
    var page = found.subList(0, Math.min(found.size(), filter.limit()));
    if (found.size() > page.size()) {
      request.header("Link", "<%s>; rel=\"next\"".formatted(after(filter, page.getLast().runId())));
    }
    HealthRoutes.answer(request, 200, page);
  }

  /** The address of the page that follows a run. */
  private static String after(RunFilter filter, long run) {
    var address = new StringBuilder("/api/runs?");
    if (filter.pipeline() != null) {
      address.append("pipeline=").append(URLEncoder.encode(filter.pipeline(), UTF_8)).append('&');
    }
    if (filter.status() != null) {
      address.append("status=").append(filter.status().name().toLowerCase(Locale.ROOT)).append('&');
    }
    return address + "limit=%d&before=%d".formatted(filter.limit(), run);
  }

  private void show(Context request) {
    QueryParameters.only(request);
    var id = id(request);
    HealthRoutes.answer(
        request, 200, queries.runs().detail(id).orElseThrow(unknown("run", request)));
  }

  private void cancel(Context request) throws InterruptedException {
    var body = RequestBody.of(request).only("reason");
    var reason = body.text("reason", LONGEST_REASON);
    body.finish();
    var id = id(request);
    if (queries.runs().summary(id).isEmpty()) {
      throw unknown("run", request).get();
    }
    commanding.run(
        request, new Command.CancelRun(id, Objects.requireNonNullElse(reason, "asked for")), 202);
  }

  private void command(Context request) {
    QueryParameters.only(request);
    var command = queries.commands().find(id(request)).orElseThrow(unknown("command", request));
    HealthRoutes.answer(request, 200, Commanding.CommandStatus.of(command));
  }

  /**
   * What a request for a list of runs asks for; strict, so that a misspelt filter is no surprise.
   */
  public static RunFilter filter(Context request) {
    QueryParameters.only(request, "pipeline", "status", "limit", "before");
    return new RunFilter(
        blankAsNull(request.queryParam("pipeline")),
        status(blankAsNull(request.queryParam("status"))),
        limit(blankAsNull(request.queryParam("limit"))),
        before(blankAsNull(request.queryParam("before"))));
  }

  private static @Nullable String blankAsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable RunStatus status(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            Problem.badRequest(
                    "status is %s; allowed: %s"
                        .formatted(
                            Quoted.text(text),
                            Arrays.stream(RunStatus.values())
                                .map(status -> status.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))))
                .refusal());
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    var number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw Problem.badRequest("limit is %s; allowed: 1 to %d".formatted(Quoted.text(text), MOST))
          .refusal();
    }
    return number;
  }

  private static @Nullable Long before(@Nullable String text) {
    if (text != null && !text.matches("[0-9]{1,18}")) {
      throw Problem.badRequest(
              "before is %s; allowed: the number of a run, to list older ones"
                  .formatted(Quoted.text(text)))
          .refusal();
    }
    return text == null ? null : Long.valueOf(text);
  }

  static long id(Context request) {
    return id(request, "id");
  }

  /**
   * @param name of the part of the address
   */
  static long id(Context request, String name) {
    var text = request.pathParam(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.notFound(
              "%s is no number of a run or command; GET /api/runs lists the runs"
                  .formatted(Quoted.text(text)))
          .refusal();
    }
    return Long.parseLong(text);
  }

  static Supplier<RequestRefused> unknown(String noun, Context request) {
    return unknown(noun, request, "id");
  }

  static Supplier<RequestRefused> unknown(String noun, Context request, String name) {
    return () ->
        Problem.notFound(
                "there is no %s %s; GET /api/runs lists the runs"
                    .formatted(noun, request.pathParam(name)))
            .refusal();
  }
}
