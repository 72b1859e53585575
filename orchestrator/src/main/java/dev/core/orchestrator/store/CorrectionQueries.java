package dev.core.orchestrator.store;

import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.Corrections;
import dev.core.orchestrator.engine.Correction;
import dev.core.orchestrator.engine.CorrectionPreview;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.SetAside;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Says what a command about tasks would do if it were given now, by the rules that the leader
 * applies, over the rows: it works also while nobody leads.
 */
public final class CorrectionQueries {

  private final Jdbi jdbi;

  public CorrectionQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** What would become of it. */
  public sealed interface Answer {}

  public record Possible(CorrectionPreview preview) implements Answer {}

  /** Nothing would be changed; the message says why. */
  public record Impossible(String message) implements Answer {}

  /**
   * @param by who asks
   */
  public Answer preview(Command.OfTasks command, String by) {
    return jdbi.inTransaction(handle -> {
      Optional<Run> run = new RunLoader(handle).run(command.runId());
      if (run.isEmpty()) {
        return new Impossible("there is no run " + command.runId());
      }
      var now =
          handle
              .createQuery("select execution.clock()")
              .mapTo(OffsetDateTime.class)
              .one()
              .toInstant();
      return switch (Correction.of(run.get(), Corrections.event(command, by), now)) {
        case Correction.Refused(var message) -> new Impossible(message);
        case Correction.Changed changed -> {
          String pipeline = run.get().header().pipeline();
          yield new Possible(
              CorrectionPreview.of(
                  changed,
                  unfinished(handle, pipeline, "is null"),
                  quarantined(handle, pipeline),
                  now));
        }
      };
    });
  }

  /** Quarantined runs of a pipeline, which no leader has in memory. */
  public static List<SetAside> quarantined(Handle handle, String pipeline) {
    return unfinished(handle, pipeline, "is not null").stream()
        .map(run -> new SetAside(run, Set.of()))
        .toList();
  }

  private static List<Run> unfinished(Handle handle, String pipeline, String quarantined) {
    var loader = new RunLoader(handle);
    return handle
        .createQuery(
            """
            select id from execution.runs
            where pipeline = :pipeline and status in ('QUEUED', 'RUNNING', 'CANCELLING')
            """
                + " and quarantined_at "
                + quarantined
                + " order by id")
        .bind("pipeline", pipeline)
        .mapTo(Long.class)
        .list()
        .stream()
        .flatMap(id -> loader.run(id).stream())
        .toList();
  }
}
