package dev.core.orchestrator.store;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.engine.AttemptStatus;
import dev.core.orchestrator.forecast.Try;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What attempts took in runs that have ended, for forecasts. */
public final class AttemptHistory {

  private final Jdbi jdbi;

  public AttemptHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The newest runs of a pipeline that succeeded, the newest first. */
  public List<Long> succeeded(String pipeline, int atMost) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id from execution.runs
                where pipeline = :pipeline and status = 'SUCCEEDED'
                order by id desc limit :most
                """)
            .bind("pipeline", pipeline)
            .bind("most", atMost)
            .mapTo(Long.class)
            .list());
  }

  /** Whether there is that run, and it is one of that pipeline. */
  public boolean isOf(long run, String pipeline) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "select count(*) from execution.runs where id = :run and pipeline = :pipeline")
            .bind("run", run)
            .bind("pipeline", pipeline)
            .mapTo(Integer.class)
            .one()
            .equals(1));
  }

  /**
   * The attempts of each task that succeeded in these runs: by the task's key, for each run the
   * attempts in order. What was cancelled is left out, and so is a task that did nothing in a run.
   */
  public Map<String, List<List<Try>>> tries(List<Long> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var byTask = new LinkedHashMap<Of, List<Try>>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                select t.run_id, t.task_key, a.status, a.intended_at, a.ended_at, a.failure_class,
                  coalesce(a.claimed_at, c.claimed_at) as claimed_at
                from execution.attempts a
                join execution.tasks t on t.run_id = a.run_id and t.task_index = a.task_index
                left join execution.claims c on c.attempt_id = a.id and c.partition_index = 0
                where a.run_id in (<runs>) and t.status = 'SUCCEEDED'
                  and a.status in ('SUCCEEDED', 'FAILED') and a.ended_at is not null
                order by a.run_id desc, a.task_index, a.number
                """)
            .bindList("runs", runs)
            .map((row, _) ->
                byTask
                    .computeIfAbsent(
                        new Of(row.getLong("run_id"), row.getString("task_key")),
                        _ -> new ArrayList<>())
                    .add(attempt(row)))
            .list());
    var byKey = new LinkedHashMap<String, List<List<Try>>>();
    byTask.forEach((of, tries) -> {
      if (tries.getLast().failure() == null) {
        byKey.computeIfAbsent(of.key(), _ -> new ArrayList<>()).add(tries);
      }
    });
    return byKey;
  }

  private record Of(long run, String key) {}

  private static Try attempt(ResultSet row) throws SQLException {
    Instant intended = Columns.requiredInstant(row, "intended_at");
    Instant ended = Columns.requiredInstant(row, "ended_at");
    Instant claimed = Optional.ofNullable(Columns.instant(row, "claimed_at")).orElse(ended);
    boolean succeeded = AttemptStatus.valueOf(row.getString("status")) == AttemptStatus.SUCCEEDED;
    String failure = row.getString("failure_class");
    return new Try(
        between(intended, claimed),
        between(claimed, ended),
        succeeded
            ? null
            : failure == null ? FailureClass.INFRASTRUCTURE : FailureClass.valueOf(failure));
  }

  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
