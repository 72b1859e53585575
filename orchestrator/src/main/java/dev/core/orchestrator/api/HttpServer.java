package dev.core.orchestrator.api;

import dev.core.common.json.Json;
import dev.core.common.variables.Quoted;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves routes over HTTP, a virtual thread for each request. Every request is checked by {@link
 * RequestGuard} first, and every failure is told as a {@link Problem}. Closing waits a little for
 * requests under way.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int STOP_MILLIS = 3000;

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Serves from now on.
   *
   * @param port 0: any free one
   * @throws AddressTaken if it cannot listen there
   */
  public static HttpServer start(String address, int port, List<Routes> routes) {
    var javalin = Javalin.create(config -> configure(config, routes));
    try {
      return new HttpServer(javalin.start(address, port));
    } catch (JavalinBindException e) {
      throw new AddressTaken(
          "cannot listen on %s:%d: %s; set CORE_HTTP_ADDRESS and CORE_HTTP_PORT"
              .formatted(address, port, e.getMessage()),
          e);
    }
  }

  /** Where it listens; the one that was given, unless that was 0. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config, List<Routes> routes) {
    config.concurrency.useVirtualThreads = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = RequestBody.LARGEST;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> {
      server.setStopTimeout(STOP_MILLIS);
      server.setErrorHandler(new WireErrors());
    });
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new WireErrors()));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.before(HttpServer::harden);
    config.routes.before(RequestGuard::check);
    config.routes.beforeMatched(RequestGuard::checkContentType);
    routes.forEach(each -> each.addTo(config.routes));
    failures(config.routes);
  }

  /** Nothing is framed, guessed, cached or loaded from elsewhere. */
  private static void harden(Context request) {
    request
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cache-Control", "no-store")
        .header(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
  }

  private static void failures(RoutesConfig routes) {
    routes.exception(RequestRefused.class, (e, request) -> tell(request, e.problem()));
    routes.exception(
        HttpResponseException.class,
        (e, request) -> {
          if (e.getStatus() == 405) {
            request.header("Allow", allowed(e));
          }
          tell(request, problem(e, request));
        });
    routes.exception(
        ConnectionException.class,
        (e, request) -> {
          LOG.warn("the database cannot be reached: {}", e.getMessage());
          tell(
              request,
              Problem.of(
                  503, "Unavailable", "the database cannot be reached now; try again later"));
        });
    routes.exception(
        Exception.class,
        (e, request) -> {
          LOG.error("{} {} failed", request.req().getMethod(), request.path(), e);
          tell(
              request,
              Problem.of(500, "Internal error", "this is a fault of CORE; its log says more"));
        });
  }

  private static Problem problem(HttpResponseException e, Context request) {
    var what = "%s %s".formatted(request.req().getMethod(), Quoted.visible(request.path()));
    return switch (e.getStatus()) {
      case 404 ->
          Problem.notFound("there is nothing at %s; / shows pipelines and runs".formatted(what));
      case 405 ->
          Problem.of(
              405,
              "Method not allowed",
              "%s is not possible; allowed: %s".formatted(what, allowed(e)));
      case 413 ->
          Problem.of(
              413,
              "Content too large",
              "the body has more than %d bytes; send less".formatted(RequestBody.LARGEST));
      default ->
          Problem.of(
              e.getStatus(), "Refused", "%s: %s".formatted(what, String.valueOf(e.getMessage())));
    };
  }

  private static String allowed(HttpResponseException e) {
    return e.getDetails().values().stream()
        .flatMap(methods -> Arrays.stream(methods.split(",")))
        .map(String::strip)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static void tell(Context request, Problem problem) {
    request.status(problem.status()).result(Json.write(problem)).contentType(Problem.CONTENT_TYPE);
  }

  /** Somebody else listens there, or nobody may. */
  public static final class AddressTaken extends RuntimeException {
    AddressTaken(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
