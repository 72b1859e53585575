package dev.core.orchestrator.web;

import dev.core.orchestrator.api.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The few files that pages load: ours, and htmx from its jar. */
final class Assets {

  private static final String HTMX = "META-INF/resources/webjars/htmx.org/%s/dist/htmx.min.js";
  private static final String HTMX_VERSION =
      "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  private Assets() {}

  static void addTo(RoutesConfig routes) {
    serve(routes, "/assets/core.css", "text/css", "web/core.css");
    serve(routes, "/assets/live.js", "text/javascript", "web/live.js");
    serve(routes, "/assets/htmx.js", "text/javascript", HTMX.formatted(htmxVersion()));
    serve(routes, "/favicon.ico", "image/svg+xml", "web/icon.svg");
  }

  private static void serve(RoutesConfig routes, String path, String type, String resource) {
    var content = read(resource);
    Routes.read(routes, path, request -> answer(request, type, content));
  }

  private static void answer(Context request, String type, byte[] content) {
    request
        .contentType(type + "; charset=utf-8")
        .header("Cache-Control", "no-cache")
        .result(content);
  }

  private static String htmxVersion() {
    var properties = new Properties();
    try (var stream = Assets.class.getClassLoader().getResourceAsStream(HTMX_VERSION)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static byte[] read(String resource) {
    try (var stream = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
