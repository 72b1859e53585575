package dev.core.orchestrator.simulation;

/** A law was broken. An error, so that nobody in between catches it. */
final class Violation extends Error {

  private static final long serialVersionUID = 1L;

  private final Law law;

  Violation(Law law, String detail) {
    super(law + ": " + detail);
    this.law = law;
  }

  Violation(Law law, String detail, Throwable cause) {
    super(law + ": " + detail, cause);
    this.law = law;
  }

  Law law() {
    return law;
  }
}
