package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.store.RunLoader;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The runs that commands speak of: those in memory, and those that are only rows by now. */
final class StoredRuns {

  private StoredRuns() {}

  /** What the work says of the run; refused if there is no such run, or it is quarantined. */
  static CommandAnswer with(
      Handle handle, Draft draft, long id, Function<Run, CommandAnswer> work) {
    Optional<Run> run = find(handle, draft, id);
    if (run.isEmpty()) {
      return unknown(id);
    }
    return isQuarantined(handle, id)
        ? CommandAnswer.refused(
            "run %d is quarantined; see `core why %d`, then `core release %d`"
                .formatted(id, id, id),
            id)
        : work.apply(run.get());
  }

  /** A run in memory, or one that has ended or is quarantined and is taken up from its rows. */
  static Optional<Run> find(Handle handle, Draft draft, long id) {
    Run known = draft.run(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Run> stored = new RunLoader(handle).run(id);
    stored.filter(_ -> !isQuarantined(handle, id)).ifPresent(draft::adopt);
    return stored;
  }

  static boolean isQuarantined(Handle handle, long id) {
    return handle
        .createQuery(
            "select count(*) from execution.runs where id = :id and quarantined_at is not null")
        .bind("id", id)
        .mapTo(Integer.class)
        .one()
        .equals(1);
  }

  static CommandAnswer unknown(long id) {
    return CommandAnswer.refused("there is no run " + id, null);
  }
}
