package dev.core.orchestrator.engine;

/** How a task came to its status, if not by attempts of its own. */
public sealed interface Origin {

  /** Somebody said so. */
  record Marked(String by, String reason) implements Origin {
    public Marked {
      reason = Reason.shortened(reason);
    }
  }

  /** Another run did the work: this attempt of that task, whose datasets are this run's too. */
  record TakenOver(long runId, int task, int attempt) implements Origin {}
}
