package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Pools;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Reads which tasks count against limits, and which wait for a place, from the rows alone: by the
 * same rules as the leader, which counts in memory.
 */
final class PlacedTasks {

  private static final String PLACED =
      """
      select r.id, r.pipeline, r.definition_sha256, r.quarantined_at, t.task_index, t.task_key,
        t.status, coalesce(a.intended_at, t.status_since) as since
      from execution.runs r
      join execution.tasks t on t.run_id = r.id
      left join execution.attempts a on a.run_id = t.run_id and a.task_index = t.task_index
        and a.number = t.attempts and t.status <> 'READY'
      where r.status in ('RUNNING', 'CANCELLING')
        and t.status in ('READY', 'SUBMITTED', 'RUNNING', 'CANCELLING')
      order by r.id, t.task_index
      """;

  private PlacedTasks() {}

  /** The run and the task by their numbers, so that some can be left out. */
  private record Found(PlacedTask task, int index) {}

  static List<PlacedTask> read(Handle handle, Pools pools, Duration claimLease) {
    return read(handle, pools, claimLease, true);
  }

  /**
   * @param ofPools whether their pools are wanted, for which their definitions are read
   */
  static List<PlacedTask> read(Handle handle, Pools pools, Duration claimLease, boolean ofPools) {
    var plans = new RunPlans(handle);
    var found =
        handle
            .createQuery(PLACED)
            .map((row, _) -> {
              int index = row.getInt("task_index");
              var pool =
                  ofPools ? pools.name(plans.of(row.getString("definition_sha256")), index) : null;
              return new Found(
                  new PlacedTask(
                      row.getLong("id"),
                      row.getString("pipeline"),
                      row.getString("task_key"),
                      TaskStatus.valueOf(row.getString("status")),
                      pool,
                      Columns.requiredInstant(row, "since"),
                      row.getObject("quarantined_at") != null),
                  index);
            })
            .list();
    var over = QuarantinedTasks.over(handle, claimLease);
    return found.stream()
        .filter(each -> counts(each.task()))
        .filter(each -> !over.getOrDefault(each.task().runId(), Set.of()).contains(each.index()))
        .map(Found::task)
        .toList();
  }

  /** A quarantined run's ready tasks wait for its release, not for a place. */
  private static boolean counts(PlacedTask task) {
    return task.live() || !task.quarantined();
  }
}
