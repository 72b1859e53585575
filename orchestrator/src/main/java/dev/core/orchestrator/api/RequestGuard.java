package dev.core.orchestrator.api;

import dev.core.common.variables.Quoted;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web sites in somebody's browser from using this server. A name that somebody else controls
 * can be made to lead to this address (DNS rebinding), so the host asked for must be an address, a
 * name without dots or one below {@code localhost}: nobody can register those. What changes
 * something must come from the same origin and be JSON, which a foreign form cannot send.
 */
final class RequestGuard {

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern SINGLE_NAME = Pattern.compile("[a-z0-9_-]+|[a-z0-9.-]+\\.localhost");
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(:\\d{1,5})?");

  private RequestGuard() {}

  static void check(Context request) {
    var host = request.header("Host");
    if (host == null || !isOurs(host)) {
      throw Problem.of(
              421,
              "Misdirected request",
              "host %s is not served here; use an IP address, localhost or a name without dots"
                  .formatted(Quoted.text(String.valueOf(host))))
          .refusal();
    }
    if (!isSafe(request.req().getMethod())) {
      checkOrigin(request, host);
    }
  }

  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  private static boolean isOurs(String host) {
    var matcher = AUTHORITY.matcher(host.toLowerCase(Locale.ROOT));
    return matcher.matches()
        && (ADDRESS.matcher(matcher.group(1)).matches()
            || SINGLE_NAME.matcher(matcher.group(1)).matches());
  }

  /** Programs send no origin; browsers do with every request that changes something. */
  private static void checkOrigin(Context request, String host) {
    var origin = request.header("Origin");
    var site = request.header("Sec-Fetch-Site");
    var same =
        origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    if (!same || site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Problem.of(
              403,
              "Forbidden",
              "requests that change something must not come from another web site")
          .refusal();
    }
  }

  /** For requests that somebody answers: others are told first that nobody does. */
  static void checkContentType(Context request) {
    if (!isSafe(request.req().getMethod())) {
      checkContentType(request.header("Content-Type"));
    }
  }

  private static void checkContentType(@Nullable String contentType) {
    var type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      throw Problem.of(
              415,
              "Unsupported media type",
              "Content-Type is %s; send application/json".formatted(Quoted.text(type)))
          .refusal();
    }
  }
}
