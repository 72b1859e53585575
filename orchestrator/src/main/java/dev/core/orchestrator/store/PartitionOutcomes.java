package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.WorkOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what workers and the leader wrote of single partitions. */
public final class PartitionOutcomes {

  private PartitionOutcomes() {}

  /** Takes an outcome that a worker wrote. */
  @FunctionalInterface
  public interface Consumer {

    /**
     * @param attempt its number
     * @param index within the attempt
     */
    void accept(int attempt, int index, Outcome outcome);
  }

  /** What counts of these attempts at a task, in the order of attempts and indexes. */
  public static void read(
      Handle handle, long runId, int task, Collection<Integer> attempts, Consumer consumer) {
    try (var outcomes =
        handle
            .createQuery(
                """
                select a.number, c.partition_index, c.outcome
                from execution.claims c join execution.attempts a on a.id = c.attempt_id
                where a.run_id = :run and a.task_index = :task and a.number in (<attempts>)
                  and c.finished_at is not null
                order by a.number, c.partition_index
                """)
            .bind("run", runId)
            .bind("task", task)
            .bindList("attempts", List.copyOf(attempts))
            .setFetchSize(1_000)
            .map((row, _) -> {
              consumer.accept(
                  row.getInt("number"),
                  row.getInt("partition_index"),
                  Json.read(row.getString("outcome"), Outcome.class));
              return true;
            })
            .stream()) {
      outcomes.forEach(_ -> {});
    }
  }

  /** Why that partition has failed: by its worker's word, or by the leader's. */
  public static Optional<Failure> failure(Handle handle, long attemptId, int index) {
    return handle
        .createQuery(
            """
            select outcome, failure_class, failure_message from execution.claims
            where attempt_id = :attempt and partition_index = :index
            """)
        .bind("attempt", attemptId)
        .bind("index", index)
        .map((row, _) -> {
          String failureClass = row.getString("failure_class");
          String outcome = row.getString("outcome");
          return failureClass != null
              ? Optional.of(
                  new Failure(FailureClass.valueOf(failureClass), row.getString("failure_message")))
              : outcome == null
                  ? Optional.<Failure>empty()
                  : Optional.ofNullable(Json.read(outcome, Outcome.class).failure());
        })
        .findOne()
        .flatMap(found -> found);
  }

  /** What an earlier attempt at a task was told to do. */
  public static Optional<WorkOrder> order(Handle handle, long runId, int task, int attempt) {
    return handle
        .createQuery(
            """
            select work_order from execution.attempts
            where run_id = :run and task_index = :task and number = :number
            """)
        .bind("run", runId)
        .bind("task", task)
        .bind("number", attempt)
        .mapTo(String.class)
        .findOne()
        .map(text -> Json.read(text, WorkOrder.class));
  }
}
