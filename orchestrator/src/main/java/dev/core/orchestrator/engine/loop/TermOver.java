package dev.core.orchestrator.engine.loop;

/** The term cannot go on; the next one starts from the rows. */
final class TermOver extends RuntimeException {
  TermOver(String message, Exception cause) {
    super(message, cause);
  }
}
