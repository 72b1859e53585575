package dev.core.orchestrator.store;

import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Places;
import dev.core.orchestrator.engine.Pools;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.Surroundings;
import dev.core.orchestrator.engine.Surroundings.OtherRun;
import dev.core.orchestrator.engine.Surroundings.Quarantined;
import dev.core.orchestrator.engine.Surroundings.Trouble;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.engine.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads what surrounds a run, from the rows alone. */
final class SurroundingsReader {

  /** A renewal may come late; two that did not come are a sign. */
  private static final int RENEWALS_MISSED = 2;

  private final Handle handle;
  private final int tasksAtOnce;
  private final ClaimSettings claims;

  SurroundingsReader(Handle handle, int tasksAtOnce, ClaimSettings claims) {
    this.handle = handle;
    this.tasksAtOnce = tasksAtOnce;
    this.claims = claims;
  }

  /**
   * @param standing what the backend says of its jobs
   */
  Surroundings of(Run run, RunSummary summary, Map<String, String> standing) {
    var leader = Leadership.read(handle);
    var pools = PoolRows.read(handle);
    Duration silentAfter = claims.renew().multipliedBy(RENEWALS_MISSED);
    return new Surroundings(
        now(),
        leader.alive() ? null : Objects.requireNonNullElse(leader.expiresAt(), summary.createdAt()),
        PauseRows.of(PauseRows.read(handle), summary.pipeline()).orElse(null),
        quarantined(summary),
        others(summary),
        new Dispatcher.Limits(tasksAtOnce, pools),
        places(run, pools),
        trouble(run),
        run.count(TaskStatus.SUBMITTED) > 0 ? LocalCapacity.read(handle) : Map.of(),
        standing,
        silentAfter,
        claims.lease());
  }

  private Instant now() {
    return handle
        .createQuery("select execution.clock()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  private static @Nullable Quarantined quarantined(RunSummary summary) {
    var cause = summary.quarantineCause();
    var at = summary.quarantinedAt();
    return cause == null || at == null ? null : new Quarantined(cause, at);
  }

  private List<OtherRun> others(RunSummary summary) {
    return handle
        .createQuery(
            """
            select id, trigger_kind, priority, created_at, status, quarantined_at
            from execution.runs
            where pipeline = :pipeline and id <> :run
              and status in ('QUEUED', 'RUNNING', 'CANCELLING')
            order by id
            """)
        .bind("pipeline", summary.pipeline())
        .bind("run", summary.runId())
        .map((row, _) ->
            new OtherRun(
                new Turn(
                    row.getInt("priority"),
                    Turn.isBackfill(row.getString("trigger_kind")),
                    Columns.requiredInstant(row, "created_at"),
                    row.getLong("id")),
                RunStatus.valueOf(row.getString("status")),
                row.getObject("quarantined_at") != null))
        .list();
  }

  /** Only for tasks that wait for one. */
  private Places places(Run run, Pools pools) {
    return run.count(TaskStatus.READY) == 0
        ? Places.of(List.of())
        : Places.of(
            PlacedTasks.read(handle, pools, claims.lease(), run.plan().usesPools()).stream()
                .filter(PlacedTask::live)
                .map(task -> new Places.Place(task.pipeline(), task.pool(), task.since()))
                .toList());
  }

  /** With the backend of its attempts; of a run that has none yet, with whichever is in trouble. */
  private @Nullable Trouble trouble(Run run) {
    var troubles = BackendTroubles.find(handle);
    if (troubles.isEmpty()) {
      return null;
    }
    return handle
        .createQuery(
            """
            select mode from execution.attempts where run_id = :run
            order by id desc limit 1
            """)
        .bind("run", run.id())
        .mapTo(String.class)
        .findOne()
        .map(troubles::get)
        .or(() -> troubles.values().stream().findFirst())
        .orElse(null);
  }
}
