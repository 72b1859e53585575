package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import dev.core.orchestrator.engine.Chunk;
import dev.core.orchestrator.engine.DonePartitions;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.store.RowChanges.ChunkRow;
import dev.core.orchestrator.store.RowChanges.FanOutRow;
import dev.core.orchestrator.store.RowChanges.PartitionedTaskRow;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes what tasks that are split have beyond others. */
final class FanOutRows {

  private static final RowStatement INSERT =
      RowStatement.insert(
          "execution.attempt_partitions",
          """
          running integer, succeeded integer, failed integer, claimed_at timestamptz,
          attempt_id bigint, partition_count integer, partitions text, size integer
          """);

  private static final RowStatement UPDATE =
      RowStatement.update(
          "execution.attempt_partitions",
          "running integer, succeeded integer, failed integer, claimed_at timestamptz",
          "attempt_id bigint");

  /** All claims of an attempt in one statement, however many there are. */
  private static final RowStatement INSERT_CLAIMS =
      RowStatement.of(
          """
          insert into execution.claims (attempt_id, partition_index, token)
          select ?1, r.i, ?2 from system_range(0, ?3) as r(i)
          """,
          """
          insert into execution.claims (attempt_id, partition_index, token)
          select v.attempt_id, i, v.token from $rows cross join generate_series(0, v.last) as i
          """,
          "attempt_id bigint, token text, last integer");

  private static final RowStatement INSERT_CHUNK =
      RowStatement.insert(
          "execution.chunks",
          """
          attempt_id bigint, first_index integer, size integer, job_name text,
          intended_at timestamptz, asked_at timestamptz, answered boolean
          """);

  private static final RowStatement UPDATE_CHUNK =
      RowStatement.update(
          "execution.chunks",
          "asked_at timestamptz, answered boolean",
          "attempt_id bigint, first_index integer");

  private static final RowStatement WRITE_TASK =
      RowStatement.of(
          """
          merge into execution.task_partitions
            (run_id, task_index, partition_count, done_count, done)
          key (run_id, task_index) values (?1, ?2, ?3, ?4, ?5)
          """,
          """
          insert into execution.task_partitions
            (run_id, task_index, partition_count, done_count, done)
          select v.run_id, v.task_index, v.partition_count, v.done_count, v.done from $rows
          on conflict (run_id, task_index) do update set
            partition_count = excluded.partition_count, done_count = excluded.done_count,
            done = excluded.done
          """,
          """
          run_id bigint, task_index integer, partition_count integer, done_count integer,
          done text
          """);

  private static final RowStatement DELETE_TASK =
      RowStatement.of(
          "delete from execution.task_partitions where run_id = ?1 and task_index = ?2",
          """
          delete from execution.task_partitions t using $rows
          where t.run_id = v.run_id and t.task_index = v.task_index
          """,
          "run_id bigint, task_index integer");

  private FanOutRows() {}

  static void write(Bundle bundle, RowChanges rows) {
    bundle.add(INSERT, rows.newFanOuts, (row, added) -> bindNew(row, added));
    bundle.add(
        INSERT_CLAIMS,
        rows.newFanOuts,
        (row, added) ->
            row.number(added.attempt().id())
                .text(added.attempt().token())
                .number(Integer.valueOf(added.fan().size() - 1)));
    bundle.addExact(
        UPDATE,
        rows.changedFanOuts,
        (row, changed) -> bind(row, changed.fan()).number(changed.attempt().id()),
        "fan-outs");
    bundle.add(INSERT_CHUNK, rows.newChunks, FanOutRows::bind);
    bundle.addExact(
        UPDATE_CHUNK,
        rows.changedChunks,
        (row, changed) ->
            row.time(changed.chunk().askedAt())
                .flag(changed.chunk().answered())
                .number(changed.attemptId())
                .number(Integer.valueOf(changed.chunk().first())),
        "chunks");
    bundle.add(
        WRITE_TASK,
        rows.partitionedTasks.stream().filter(task -> task.done() != null).toList(),
        (row, changed) -> bind(row, changed, changed.done()));
    bundle.add(
        DELETE_TASK,
        rows.partitionedTasks.stream().filter(task -> task.done() == null).toList(),
        (row, changed) -> row.number(changed.runId()).number(Integer.valueOf(changed.task())));
  }

  private static void bindNew(RowValues row, FanOutRow added) throws SQLException {
    FanOut fan = added.fan();
    bind(row, fan)
        .number(added.attempt().id())
        .number(Integer.valueOf(fan.of()))
        .text(fan.partitions().toString())
        .number(Integer.valueOf(fan.size()));
  }

  private static RowValues bind(RowValues row, FanOut fan) throws SQLException {
    PartitionStates states = fan.states();
    return row.number(Integer.valueOf(states.count(PartitionStates.Status.CLAIMED)))
        .number(Integer.valueOf(states.count(PartitionStates.Status.SUCCEEDED)))
        .number(
            Integer.valueOf(
                states.count(PartitionStates.Status.FAILED)
                    + states.count(PartitionStates.Status.LOST)))
        .time(fan.claimedAt());
  }

  private static void bind(RowValues row, ChunkRow added) throws SQLException {
    Chunk chunk = added.chunk();
    row.number(added.attemptId())
        .number(Integer.valueOf(chunk.first()))
        .number(Integer.valueOf(chunk.size()))
        .text(chunk.jobName())
        .time(chunk.intendedAt())
        .time(chunk.askedAt())
        .flag(chunk.answered());
  }

  private static void bind(RowValues row, PartitionedTaskRow changed, @Nullable DonePartitions done)
      throws SQLException {
    if (done != null) {
      row.number(changed.runId())
          .number(Integer.valueOf(changed.task()))
          .number(Integer.valueOf(done.of()))
          .number(Integer.valueOf(done.count()))
          .text(Json.write(done.byAttempt()));
    }
  }
}
