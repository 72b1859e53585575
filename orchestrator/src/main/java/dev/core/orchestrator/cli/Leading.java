package dev.core.orchestrator.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that somebody leads: if nobody does, the engine is started in this process, and led
 * until this is closed.
 */
final class Leading implements AutoCloseable {

  /** How often to look whether the leader is still there. */
  static final Duration LOOK = Duration.ofMillis(500);

  private final Context context;
  private @Nullable AutoCloseable engine;

  Leading(Context context) {
    this.context = context;
  }

  /** Cheap enough to be called at every look at a run. */
  void ensure() {
    if (engine == null && !context.runs().leader().alive()) {
      engine = context.engine().start(context.settings(), context.database());
    }
  }

  /** Whether this process leads, or stands by to. */
  boolean here() {
    return engine != null;
  }

  @Override
  public void close() {
    var started = engine;
    engine = null;
    if (started != null) {
      try {
        started.close();
      } catch (Exception e) {
        throw new IllegalStateException("the engine did not stop as it should", e);
      }
    }
  }
}
