package dev.core.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What went wrong with a request, in the form of RFC 9457.
 *
 * @param title what kind of thing it is
 * @param detail what it was in this case, and what to do about it
 * @param errors every fault, if there are several
 */
public record Problem(
    int status,
    String title,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> errors) {

  static final String CONTENT_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  /** Ends the request with this. */
  public RequestRefused refusal() {
    return new RequestRefused(this);
  }

  static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, List.of());
  }

  public static Problem badRequest(String detail) {
    return of(400, "Bad request", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }
}
