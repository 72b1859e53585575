package dev.core.orchestrator.api;

import dev.core.common.json.Json;
import dev.core.orchestrator.store.RunQueries;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: {@code run}, with a run as it is now, for each run that changed. An event's
 * id is that of the journal, so a client that comes back with {@code Last-Event-ID} misses nothing;
 * several changes may come as one.
 */
public final class RunEvents implements Routes {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_CLIENTS = 200;

  private final RunQueries runs;
  private final RunFeed feed;
  private final Semaphore places = new Semaphore(MOST_CLIENTS);

  public RunEvents(RunQueries runs, RunFeed feed) {
    this.runs = runs;
    this.feed = feed;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.before("/api/runs/events", RunEvents::requireStream);
    routes.sse("/api/runs/events", this::serve);
  }

  private static void requireStream(Context request) {
    if (!String.valueOf(request.header("Accept")).contains("text/event-stream")) {
      throw Problem.of(406, "Not acceptable", "events are a stream; send Accept: text/event-stream")
          .refusal();
    }
  }

  private void serve(SseClient client) {
    if (!places.tryAcquire()) {
      throw Problem.of(503, "Unavailable", "too many clients follow the runs; try again later")
          .refusal();
    }
    client.keepAlive();
    var from = lastEvent(client);
    Thread.ofVirtual()
        .name("run-events")
        .start(() -> {
          try {
            follow(client, from);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            client.close();
            places.release();
          }
        });
  }

  private long lastEvent(SseClient client) {
    var last = client.ctx().header("Last-Event-ID");
    return last != null && last.matches("[0-9]{1,18}") ? Long.parseLong(last) : runs.newestEvent();
  }

  private void follow(SseClient client, long from) throws InterruptedException {
    var seen = from;
    client.sendComment("following runs");
    while (!client.terminated() && !feed.closed()) {
      var newest = feed.awaitAfter(seen, HEARTBEAT);
      if (newest == seen) {
        client.sendComment("still here");
        continue;
      }
      for (var run : runs.changedSince(seen)) {
        client.sendEvent("run", Json.write(run), String.valueOf(newest));
      }
      seen = newest;
    }
  }
}
