package dev.core.orchestrator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt.Asked;
import dev.core.orchestrator.engine.Chunk;
import dev.core.orchestrator.engine.DonePartitions;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.engine.PartitionStates.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Reads the partitions of tasks and attempts back, as they were journalled: what a worker has
 * written and the leader has not dealt with comes as news.
 */
final class FanOutLoader {

  private final Handle handle;

  FanOutLoader(Handle handle) {
    this.handle = handle;
  }

  /** By task; only of tasks that are split. */
  Map<Integer, DonePartitions> done(long runId) {
    var done = new HashMap<Integer, DonePartitions>();
    handle
        .createQuery(
            """
            select task_index, partition_count, done from execution.task_partitions
            where run_id = :run
            """)
        .bind("run", runId)
        .map((row, _) ->
            done.put(
                row.getInt("task_index"),
                new DonePartitions(row.getInt("partition_count"), byAttempt(row))))
        .list();
    return done;
  }

  private static TreeMap<Integer, Partitions> byAttempt(ResultSet row) throws SQLException {
    try {
      return Json.mapper().readValue(row.getString("done"), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("partitions of a task cannot be read", e);
    }
  }

  /** By attempt; only of attempts at tasks that are split, and of which something is left to do. */
  Map<Long, FanOut> of(long runId, Map<Long, List<Job>> jobs) {
    var fans = new HashMap<Long, FanOut>();
    handle
        .createQuery(
            """
            select p.attempt_id, p.partition_count, p.partitions, p.claimed_at
            from execution.attempt_partitions p join execution.attempts a on a.id = p.attempt_id
            where a.run_id = :run
              and (a.status in ('INTENDED', 'SUBMITTED', 'CLAIMED', 'CLOSED')
                or exists (select 1 from execution.jobs j
                  where j.attempt_id = a.id and j.status in ('PENDING', 'RUNNING')))
            """)
        .bind("run", runId)
        .map((row, _) -> {
          long attempt = row.getLong("attempt_id");
          var partitions = Partitions.parse(row.getString("partitions"));
          List<Job> its = jobs.getOrDefault(attempt, List.of());
          return fans.put(
              attempt,
              new FanOut(
                  row.getInt("partition_count"),
                  partitions,
                  chunks(attempt, its),
                  states(attempt, partitions.size(), its),
                  List.of(),
                  Columns.instant(row, "claimed_at")));
        })
        .list();
    return fans;
  }

  private List<Chunk> chunks(long attempt, List<Job> jobs) {
    return handle
        .createQuery(
            """
            select first_index, size, job_name, intended_at, asked_at, answered
            from execution.chunks
            where attempt_id = :attempt order by first_index
            """)
        .bind("attempt", attempt)
        .map((row, _) -> {
          int first = row.getInt("first_index");
          boolean hasJob = jobs.stream().anyMatch(job -> job.chunk() == first);
          boolean answered = hasJob || row.getBoolean("answered");
          return new Chunk(
              first,
              row.getInt("size"),
              row.getString("job_name"),
              Columns.requiredInstant(row, "intended_at"),
              answered ? Asked.ANSWERED : Asked.NO_ANSWER,
              Columns.requiredInstant(row, "asked_at"));
        })
        .list();
  }

  private PartitionStates states(long attempt, int size, List<Job> jobs) {
    Map<String, Integer> places = new HashMap<>();
    for (Job job : jobs) {
      places.put(job.jobId(), places.size());
    }
    var states = PartitionStates.waiting(size).edit();
    var _ =
        handle
            .createQuery(
                """
                select partition_index, job_id, claimed_at, renewed_at, outcome, has_news,
                  failure_class
                from execution.claims
                where attempt_id = :attempt
                  and (failure_class is not null or (claimant is not null and heard))
                """)
            .bind("attempt", attempt)
            .setFetchSize(1_000)
            .map((row, _) -> {
              read(states, places, row);
              return true;
            })
            .list();
    return states.done();
  }

  private static void read(PartitionStates.Edit states, Map<String, Integer> places, ResultSet row)
      throws SQLException {
    int index = row.getInt("partition_index");
    String jobId = row.getString("job_id");
    Instant claimedAt = Columns.instant(row, "claimed_at");
    Instant renewedAt = Columns.instant(row, "renewed_at");
    if (jobId != null && claimedAt != null && renewedAt != null) {
      states.claimed(index, places.getOrDefault(Job.arrayOf(jobId), 0), claimedAt, renewedAt);
    }
    String lost = row.getString("failure_class");
    if (lost != null) {
      states.ended(index, Status.LOST, FailureClass.valueOf(lost));
    } else if (row.getString("outcome") != null && !row.getBoolean("has_news")) {
      var failure =
          Json.read(Objects.requireNonNull(row.getString("outcome")), Outcome.class).failure();
      states.ended(
          index,
          failure == null ? Status.SUCCEEDED : Status.FAILED,
          failure == null ? null : failure.failureClass());
    }
  }
}
