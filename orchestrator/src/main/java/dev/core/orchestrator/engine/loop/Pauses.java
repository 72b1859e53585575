package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.store.PauseRows;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is paused, as it is committed. Used by one thread. */
final class Pauses {

  private final Map<String, Pause> byScope;

  Pauses(Handle handle) {
    this.byScope = PauseRows.read(handle);
  }

  /** The pause of that very scope, as it is in the draft. */
  Optional<Pause> of(Draft draft, String scope) {
    if (draft.paused().containsKey(scope)) {
      return Optional.ofNullable(draft.paused().get(scope));
    }
    return draft.resumed().contains(scope)
        ? Optional.empty()
        : Optional.ofNullable(byScope.get(scope));
  }

  /** Whether anything is paused, so that it is worth asking about pipelines. */
  boolean any(Draft draft) {
    return !byScope.isEmpty() || !draft.paused().isEmpty();
  }

  /** Whether nothing new of the pipeline may be started. */
  boolean hold(Draft draft, String pipeline) {
    return any(draft) && (of(draft, pipeline).isPresent() || of(draft, Pause.ALL).isPresent());
  }

  /** The draft is journalled. */
  void swapIn(Draft draft) {
    draft.resumed().forEach(byScope::remove);
    byScope.putAll(draft.paused());
  }
}
