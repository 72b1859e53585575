package dev.core.emulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One loopback address for several services: REST-JSON calls under {@code /v1/} are for Batch, JSON
 * 1.1 calls name their service in {@code X-Amz-Target}, Query calls are for STS.
 */
public final class WireServer implements AutoCloseable {

  static {
    // Without it every answer waits some 40 ms for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Service rest;
  private final Map<String, Service> targets;
  private final QueryService query;
  private final Faults faults;

  /**
   * @param port 0 for any free one
   * @param rest takes calls to {@code /v1/<operation>}
   * @param targets by what stands before the dot in {@code X-Amz-Target}
   */
  public WireServer(
      int port, Service rest, Map<String, Service> targets, QueryService query, Faults faults)
      throws IOException {
    this.rest = rest;
    this.targets = Map.copyOf(targets);
    this.query = query;
    this.faults = faults;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        answer(exchange, body);
      } catch (AwsError error) {
        var headers = exchange.getResponseHeaders();
        headers.set("x-amzn-ErrorType", error.code());
        var text =
            JSON.createObjectNode()
                .put("__type", error.code())
                .put("message", error.getMessage())
                .put("Message", error.getMessage());
        send(exchange, error.status(), "application/json", JSON.writeValueAsBytes(text));
      }
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      int dot = target.lastIndexOf('.');
      Service service = targets.get(target.substring(0, Math.max(0, dot)));
      if (service == null) {
        throw new AwsError(400, "UnknownOperationException", "no service for " + target);
      }
      call(exchange, service, target.substring(dot + 1), json(body));
    } else if (path.startsWith("/v1/")) {
      call(exchange, rest, path.substring("/v1/".length()), json(body));
    } else {
      String form = new String(body, StandardCharsets.UTF_8);
      try {
        send(exchange, 200, "text/xml", query.call(form).getBytes(StandardCharsets.UTF_8));
      } catch (AwsError error) {
        String text =
            "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                .formatted(error.code(), error.getMessage());
        send(exchange, error.status(), "text/xml", text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void call(HttpExchange exchange, Service service, String operation, JsonNode request)
      throws IOException {
    switch (faults.strike(operation)) {
      case NONE -> sendJson(exchange, service.call(operation, request));
      case THROTTLED -> throw AwsError.tooManyRequests();
      case SERVER_ERROR -> throw AwsError.server();
      case DENIED -> throw AwsError.denied(service.prefix() + ":" + operation);
      // Closing the exchange without an answer closes the connection.
      case LOST_BEFORE -> {}
      case LOST_AFTER -> {
        JsonNode _ = service.call(operation, request);
      }
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AwsError(400, "SerializationException", e.getOriginalMessage());
    } catch (IOException e) {
      throw new AwsError(400, "SerializationException", "not JSON");
    }
  }

  private static void sendJson(HttpExchange exchange, JsonNode answer) throws IOException {
    send(exchange, 200, "application/json", JSON.writeValueAsBytes(answer));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
