package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Partitions;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds single partitions of tasks that are split. */
public final class PartitionQueries {

  private final Jdbi jdbi;

  public PartitionQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Where a partition ran, or is to run.
   *
   * @param attempt its number
   * @param jobId what the backend calls the job; null: there is none yet
   * @param ended whether it has an outcome, or will have none
   */
  public record Place(int attempt, @Nullable String jobId, boolean ended) {}

  private record Ran(long id, int number, Partitions partitions, boolean over) {}

  /**
   * In its newest attempt.
   *
   * @param attempt the only one that is looked at; null: all
   */
  public Optional<Place> find(long runId, int task, @Nullable Integer attempt, int partition) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select a.id, a.number, p.partitions, a.ended_at is not null as over
                from execution.attempt_partitions p join execution.attempts a on a.id = p.attempt_id
                where a.run_id = :run and a.task_index = :task
                order by a.number desc
                """)
            .bind("run", runId)
            .bind("task", task)
            .map((row, _) ->
                new Ran(
                    row.getLong("id"),
                    row.getInt("number"),
                    Partitions.parse(row.getString("partitions")),
                    row.getBoolean("over")))
            .list()
            .stream()
            .filter(ran -> attempt == null || ran.number() == attempt)
            .filter(ran -> ran.partitions().indexOf(partition) >= 0)
            .findFirst()
            .map(ran -> place(handle, ran, ran.partitions().indexOf(partition))));
  }

  private static Place place(Handle handle, Ran ran, int index) {
    return handle
        .createQuery(
            """
            select c.job_id, c.finished_at is not null or c.closed_at is not null as ended
            from execution.claims c
            where c.attempt_id = :attempt and c.partition_index = :index
            """)
        .bind("attempt", ran.id())
        .bind("index", index)
        .map((row, _) -> {
          String claimed = row.getString("job_id");
          return new Place(
              ran.number(),
              claimed == null ? unclaimed(handle, ran.id(), index).orElse(null) : claimed,
              ran.over() || row.getBoolean("ended"));
        })
        .one();
  }

  /** By its place in the newest array that it was submitted in. */
  private static Optional<String> unclaimed(Handle handle, long attemptId, int index) {
    return handle
        .createQuery(
            """
            select j.job_id, c.first_index, c.size
            from execution.chunks c
            join execution.jobs j on j.attempt_id = c.attempt_id and j.chunk = c.first_index
            where c.attempt_id = :attempt
              and :index between c.first_index and c.first_index + c.size - 1
            order by j.submitted_at desc, j.job_id desc
            """)
        .bind("attempt", attemptId)
        .bind("index", index)
        .map((row, _) ->
            row.getInt("size") == 1
                ? row.getString("job_id")
                : row.getString("job_id") + ":" + (index - row.getInt("first_index")))
        .stream()
        .findFirst();
  }

  /** The first partition that failed in an attempt; empty: none did. */
  public Optional<Integer> firstFailed(long runId, int task, int attempt) {
    return jdbi.withHandle(handle -> {
      try (var failed =
          handle
              .createQuery(
                  """
                  select p.partitions, c.partition_index, c.outcome, c.failure_class
                  from execution.attempt_partitions p
                  join execution.attempts a on a.id = p.attempt_id
                  join execution.claims c on c.attempt_id = a.id
                  where a.run_id = :run and a.task_index = :task and a.number = :number
                    and (c.failure_class is not null or c.outcome is not null)
                  order by c.partition_index
                  """)
              .bind("run", runId)
              .bind("task", task)
              .bind("number", attempt)
              .setFetchSize(1_000)
              .map((row, _) -> {
                String outcome = row.getString("outcome");
                boolean good =
                    row.getString("failure_class") == null
                        && outcome != null
                        && Json.read(outcome, Outcome.class).succeeded();
                return good
                    ? Optional.<Integer>empty()
                    : Optional.of(
                        Partitions.parse(row.getString("partitions"))
                            .get(row.getInt("partition_index")));
              })
              .stream()) {
        return failed.flatMap(Optional::stream).findFirst();
      }
    });
  }
}
