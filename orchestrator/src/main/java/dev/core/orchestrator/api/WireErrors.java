package dev.core.orchestrator.api;

import dev.core.common.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what no route ever sees, such as an address that cannot be read, in the same form as
 * every other failure. Says nothing of the server's insides.
 */
final class WireErrors extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    var problem = problem(code);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(
        true, ByteBuffer.wrap(Json.write(problem).getBytes(StandardCharsets.UTF_8)), callback);
  }

  private static Problem problem(int code) {
    return switch (code) {
      case 400 ->
          Problem.badRequest(
              "the address or a header cannot be read; send a plain path such as /api/runs, without"
                  + " '..', '//', ';' or encoded '/'");
      case 414 -> Problem.of(414, "URI too long", "the address is too long; shorten it");
      case 431 ->
          Problem.of(431, "Headers too large", "the headers are more than 8 KiB; send fewer");
      case 404 -> Problem.notFound("there is nothing at this address; / lists pipelines and runs");
      case 503 ->
          Problem.of(503, "Unavailable", "the server starts or ends just now; try again later");
      default ->
          code < 500
              ? Problem.of(code, "Refused", "the request cannot be served as it is; correct it")
              : Problem.of(500, "Internal error", "this is a fault of CORE; its log says more");
    };
  }
}
