package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.store.BackendTroubles;
import dev.core.orchestrator.store.Journal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Notes, for whoever asks why nothing goes on, that the backend cannot be asked: when that begins
 * and when it ends, and not in between. Used by one thread.
 */
final class Troubles {

  private final Journal journal;
  private final String mode;
  private final BackendHealth health;
  private boolean noted;

  Troubles(Handle handle, Journal journal, String mode, BackendHealth health) {
    this.journal = journal;
    this.mode = mode;
    this.health = health;
    this.noted = BackendTroubles.find(handle).containsKey(mode);
  }

  /**
   * @return false if another leads
   */
  boolean note(Instant now) {
    var word = health.last();
    if (word == null || noted == (word.trouble() != null)) {
      return true;
    }
    noted = word.trouble() != null;
    return switch (journal.note(mode, word.trouble(), now)) {
      case Journal.Written _, Journal.Overtaken _ -> true;
      case Journal.Fenced _ -> false;
    };
  }
}
