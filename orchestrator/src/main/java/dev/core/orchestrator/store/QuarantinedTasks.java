package dev.core.orchestrator.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What workers have written of quarantined runs, which nobody deals with until they are released.
 */
public final class QuarantinedTasks {

  private static final String OVER =
      """
      select a.run_id, a.task_index
      from execution.attempts a
      join execution.runs r on r.id = a.run_id
      join execution.claims c on c.attempt_id = a.id
      where r.quarantined_at is not null
        and a.status in ('INTENDED', 'SUBMITTED', 'CLAIMED', 'CLOSED')
      group by a.run_id, a.task_index
      having sum(case when c.finished_at is not null or c.renewed_at
        <= execution.clock() - cast(:seconds as integer) * interval '1' second
        then 0 else 1 end) = 0
      """;

  private QuarantinedTasks() {}

  /**
   * Tasks, by run, whose workers have all ended: they finished, or did not renew for so long that
   * they have stopped themselves. A job that nobody has claimed may yet come up, so it is not among
   * them.
   */
  public static Map<Long, Set<Integer>> over(Handle handle, Duration claimLease) {
    var over = new HashMap<Long, Set<Integer>>();
    handle
        .createQuery(OVER)
        .bind("seconds", claimLease.toSeconds())
        .map((row, _) ->
            over.computeIfAbsent(row.getLong("run_id"), _ -> new HashSet<>())
                .add(row.getInt("task_index")))
        .list();
    return over;
  }
}
