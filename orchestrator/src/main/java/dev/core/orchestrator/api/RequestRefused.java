package dev.core.orchestrator.api;

/** Ends a request with a {@link Problem}; expected, so it is not logged. */
public final class RequestRefused extends RuntimeException {

  private final transient Problem problem;

  RequestRefused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
