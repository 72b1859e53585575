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

  /** A text of several lines: what it was, and every fault below it. */
  static Problem ofLines(int status, String title, String text) {
    var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.size() < 2
        ? of(status, title, text)
        : new Problem(
            status, title, lines.getFirst().replaceFirst(":$", ""), lines.subList(1, lines.size()));
  }

  /** One or several faults of a request. */
  static Problem badRequest(List<String> faults) {
    return faults.size() == 1
        ? badRequest(faults.getFirst())
        : new Problem(400, "Bad request", "the request is not as it should be", faults);
  }

  public static Problem badRequest(String detail) {
    return of(400, "Bad request", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }
}
