package dev.core.orchestrator.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.core.common.logging.Logging;
import dev.core.common.settings.Mode;
import dev.core.orchestrator.api.Commanding;
import dev.core.orchestrator.api.ComparisonRoutes;
import dev.core.orchestrator.api.CorrectionRoutes;
import dev.core.orchestrator.api.ForecastRoutes;
import dev.core.orchestrator.api.HealthRoutes;
import dev.core.orchestrator.api.HttpServer;
import dev.core.orchestrator.api.PipelineRoutes;
import dev.core.orchestrator.api.PoolRoutes;
import dev.core.orchestrator.api.Queries;
import dev.core.orchestrator.api.RerunRoutes;
import dev.core.orchestrator.api.Routes;
import dev.core.orchestrator.api.RunEvents;
import dev.core.orchestrator.api.RunFeed;
import dev.core.orchestrator.api.RunRoutes;
import dev.core.orchestrator.api.ScheduleRoutes;
import dev.core.orchestrator.api.StatusRoutes;
import dev.core.orchestrator.api.WhyRoutes;
import dev.core.orchestrator.store.PoolQueries;
import dev.core.orchestrator.store.RunComparisons;
import dev.core.orchestrator.store.StatusQueries;
import dev.core.orchestrator.web.Pages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code core server}: leads, or stands by to lead, and serves API and pages until it is ended. */
@Command(
    name = "server",
    description = {
      "Lead, or stand by while another process leads, and serve pages and API.",
      "Where: CORE_HTTP_ADDRESS and CORE_HTTP_PORT. SIGTERM or Ctrl-C end it; jobs go on."
    },
    footer = {"  core server", "  CORE_HTTP_PORT=9090 core server"})
final class ServerCommand implements Callable<Integer> {

  private final Context context;

  ServerCommand(Context context) {
    this.context = context;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  private record Serving(String url) {}

  @Override
  public Integer call() throws Exception {
    var settings = context.settings();
    try (var _ = Logging.start(settings.logging(), Map.of("program", "core"));
        var signals = new EndSignals()) {
      var database = context.database().last();
      try (var engine = context.engine().start(settings, database);
          var feed = new RunFeed(context.runs());
          var http =
              HttpServer.start(settings.httpAddress(), settings.httpPort(), routes(feed, engine))) {
        var url = "http://%s:%d/".formatted(host(settings.httpAddress()), http.port());
        context.answer(new Serving(url), () -> context.say("serving " + url));
        signals.await();
      }
    }
    return ExitCode.DONE;
  }

  private List<Routes> routes(RunFeed feed, Engine.Running engine) {
    var queries = Queries.of(context.database());
    var commanding = new Commanding(queries, context::newKey);
    return List.of(
        new HealthRoutes(queries, engine::leads),
        new StatusRoutes(
            new StatusQueries(context.database().jdbi(), context.settings().tasksAtOnce())),
        new PipelineRoutes(queries, commanding),
        new ForecastRoutes(queries, context.forecasts()),
        new ScheduleRoutes(queries, commanding),
        new PoolRoutes(
            new PoolQueries(context.database().jdbi(), context.settings().claims().lease())),
        new RunEvents(queries.runs(), feed),
        new RunRoutes(queries, commanding),
        new WhyRoutes(queries, context.why(), context.whyOfPipelines()),
        new CorrectionRoutes(queries, commanding),
        new RerunRoutes(queries, context.reruns(), commanding),
        new ComparisonRoutes(queries, new RunComparisons(context.runs(), context.datasets())),
        new Pages(queries, context.settings().mode() == Mode.SIMULATED));
  }

  private static String host(String address) {
    return switch (address) {
      case "0.0.0.0", "::" -> "localhost";
      default -> address.contains(":") ? "[" + address + "]" : address;
    };
  }
}
