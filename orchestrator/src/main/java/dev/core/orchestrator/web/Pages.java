package dev.core.orchestrator.web;

import dev.core.orchestrator.api.Problem;
import dev.core.orchestrator.api.Queries;
import dev.core.orchestrator.api.Routes;
import dev.core.orchestrator.api.RunRoutes;
import dev.core.orchestrator.store.RunDetail;
import dev.core.orchestrator.store.RunFilter;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages. Whatever comes from data is escaped by the templates. A part of a page is its address
 * below {@code /parts}: htmx asks for it again when something has changed.
 */
public final class Pages implements Routes {

  private final Queries queries;
  private final boolean simulated;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /**
   * @param simulated whether the runs are those of simulated mode
   */
  public Pages(Queries queries, boolean simulated) {
    this.queries = queries;
    this.simulated = simulated;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.read(routes, "/", request -> render(request, "home.jte", home(request)));
    Routes.read(routes, "/runs/{id}", request -> render(request, "run.jte", run(request)));
    Routes.read(
        routes, "/parts/pipelines", request -> render(request, "pipelines.jte", home(request)));
    Routes.read(routes, "/parts/runs", request -> render(request, "runs.jte", home(request)));
    Routes.read(routes, "/parts/runs/{id}", request -> render(request, "tasks.jte", run(request)));
    Assets.addTo(routes);
  }

  private void render(Context request, String template, Page page) {
    var output = new StringOutput();
    templates.render(template, page, output);
    request.html(output.toString());
  }

  private Page.Home home(Context request) {
    var filter = RunRoutes.filter(request);
    return new Page.Home(
        simulated,
        queries.pipelines().list().stream().map(PipelineRow::of).toList(),
        queries.runs().list(filter).stream().map(RunRow::of).toList(),
        Objects.requireNonNullElse(request.queryString(), ""),
        words(filter));
  }

  private static String words(RunFilter filter) {
    var status = filter.status();
    return Stream.of(
            filter.pipeline() == null ? "" : "of " + filter.pipeline(),
            status == null ? "" : "that are " + status.name().toLowerCase(Locale.ROOT))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private Page.Run run(Context request) {
    var text = request.pathParam("id");
    var run =
        text.matches("[0-9]{1,18}")
            ? queries.runs().detail(Long.parseLong(text)).orElse(null)
            : null;
    if (run == null) {
      throw Problem.notFound("there is no run '%s'; / lists the runs".formatted(text)).refusal();
    }
    return page(run);
  }

  private Page.Run page(RunDetail run) {
    return new Page.Run(
        simulated,
        RunRow.of(run.summary()),
        run.summary().parameters().entrySet().stream()
            .map(each -> each.getKey() + " = " + each.getValue())
            .toList(),
        run.transformations().stream().map(TaskRow::of).toList());
  }
}
