package dev.core.orchestrator.engine.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the backend answers, by the last thing that it was asked. Thread-safe. */
final class BackendHealth {

  /**
   * @param trouble what went wrong; null: it answered
   */
  record Word(@Nullable String trouble) {}

  private final AtomicReference<@Nullable Word> last = new AtomicReference<>();

  void answered() {
    last.set(new Word(null));
  }

  void failed(@Nullable String message) {
    last.set(new Word(message == null ? "it does not answer" : message));
  }

  /** Null: it was asked nothing yet. */
  @Nullable Word last() {
    return last.get();
  }
}
