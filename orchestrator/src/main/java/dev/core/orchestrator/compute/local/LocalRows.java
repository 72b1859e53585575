package dev.core.orchestrator.compute.local;

import dev.core.common.bell.Bell;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.protocol.jdbc.NoticedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rows of local mode as the orchestrator reads and writes them; one call, one transaction. */
final class LocalRows {

  private static final String JOBS =
      """
      select j.id, j.name, j.status, j.queued_at, j.exit_code, j.reason, j.request, j.worker_id,
        j.array_id, j.array_index,
        w.host as worker_host, coalesce(w.pid, 0) as worker_pid,
        (w.stopped_at is not null or w.beat_at < execution.clock() - interval '10' second)
          as worker_gone
      from execution.local_jobs j
      left join execution.local_workers w on w.id = j.worker_id
      """;

  private final Jdbi jdbi;
  private final Dialect dialect;
  private final String host;

  LocalRows(Database database, String host) {
    this.jdbi = database.jdbi();
    this.dialect = database.dialect();
    this.host = host;
  }

  /**
   * A job with the state of the worker that took it, if any.
   *
   * @param workerGone whether it stopped or does not beat any more
   */
  public record Job(
      long id,
      String name,
      String status,
      Instant queuedAt,
      @Nullable Integer exitCode,
      @Nullable String reason,
      String request,
      @Nullable String workerId,
      @Nullable String arrayId,
      @Nullable Integer arrayIndex,
      @Nullable String workerHost,
      long workerPid,
      @Nullable Boolean workerGone) {

    /** What the backend calls it. */
    String jobId() {
      return arrayId == null ? String.valueOf(id) : arrayId + ":" + arrayIndex;
    }

    boolean isRunning() {
      return status.equals("RUNNING");
    }
  }

  /** A worker of this machine that beats. */
  public record Worker(String id, long pid, int slots) {}

  /**
   * A job to be queued.
   *
   * @param partition the index of its claim
   * @param arrayId and its place there; null unless it is a member of an array
   */
  record NewJob(
      String name,
      String token,
      int partition,
      String request,
      @Nullable String arrayId,
      @Nullable Integer arrayIndex) {}

  /** How the members of an array stand. */
  public record Array(
      String arrayId,
      String name,
      Instant queuedAt,
      int queued,
      int running,
      int succeeded,
      int failed) {}

  /** Queues jobs in one commit, and tells the workers of this machine; their ids, in order. */
  List<Long> insert(List<NewJob> jobs) {
    return switch (dialect) {
      case POSTGRES -> jdbi.withHandle(handle -> insertWithNotice(handle, jobs));
      case H2 ->
          jdbi.withHandle(handle -> {
            var ids = handle.inTransaction(tx -> insertEach(tx, jobs));
            ring(handle);
            return ids;
          });
    };
  }

  private List<Long> insertWithNotice(Handle handle, List<NewJob> jobs) {
    return NoticedStatement.execute(
        handle,
        """
        insert into execution.local_jobs
          (name, host, token, partition_index, request, array_id, array_index)
        select j.name, ?, j.token, j.partition_index, j.request, j.array_id, j.array_index
        from unnest(?, ?, ?, ?, ?, ?) with ordinality
          as j (name, token, partition_index, request, array_id, array_index, place)
        order by j.place
        returning id
        """,
        "core_local_jobs",
        statement -> {
          statement.setString(1, host);
          statement.setArray(2, texts(handle, jobs, NewJob::name));
          statement.setArray(3, texts(handle, jobs, NewJob::token));
          statement.setArray(4, numbers(handle, jobs, NewJob::partition));
          statement.setArray(5, texts(handle, jobs, NewJob::request));
          statement.setArray(6, texts(handle, jobs, NewJob::arrayId));
          statement.setArray(7, numbers(handle, jobs, NewJob::arrayIndex));
        },
        row -> row.getLong(1));
  }

  private static java.sql.Array numbers(
      Handle handle, List<NewJob> jobs, Function<NewJob, @Nullable Integer> number)
      throws SQLException {
    return handle
        .getConnection()
        .createArrayOf("integer", jobs.stream().map(number).toArray(Integer[]::new));
  }

  private static java.sql.Array texts(
      Handle handle, List<NewJob> jobs, Function<NewJob, @Nullable String> text)
      throws SQLException {
    return handle
        .getConnection()
        .createArrayOf("text", jobs.stream().map(text).toArray(String[]::new));
  }

  private List<Long> insertEach(Handle tx, List<NewJob> jobs) {
    try (var batch =
        tx.prepareBatch(
            """
            insert into execution.local_jobs
              (name, host, token, partition_index, request, array_id, array_index)
            values (:name, :host, :token, :partition, :request, :array, :index)
            """)) {
      for (var job : jobs) {
        batch
            .bind("name", job.name())
            .bind("host", host)
            .bind("token", job.token())
            .bind("partition", job.partition())
            .bind("request", job.request())
            .bind("array", job.arrayId())
            .bind("index", job.arrayIndex())
            .add();
      }
      return batch.executePreparedBatch("id").mapTo(Long.class).list();
    }
  }

  /** Those that miss it look by themselves soon. */
  private void ring(Handle handle) {
    handle
        .createQuery(
            """
            select notice_port from execution.local_workers
            where host = :host and stopped_at is null and notice_port is not null
              and beat_at > execution.clock() - interval '10' second
            """)
        .bind("host", host)
        .mapTo(Integer.class)
        .forEach(Bell::ring);
  }

  List<Job> byId(Collection<Long> ids) {
    return jdbi.inTransaction(tx ->
        tx.createQuery(JOBS + "where j.id in (<ids>)")
            .bindList("ids", List.copyOf(ids))
            .mapTo(Job.class)
            .list());
  }

  List<Job> byName(String name) {
    return jdbi.inTransaction(tx ->
        tx.createQuery(JOBS + "where j.name = :name order by j.id")
            .bind("name", name)
            .mapTo(Job.class)
            .list());
  }

  /** Those members of these arrays that have that status, such as RUNNING. */
  List<Job> members(Collection<String> arrayIds, String status) {
    return jdbi.inTransaction(tx ->
        tx.createQuery(
                JOBS
                    + """
                    where j.array_id in (<arrays>) and j.status = :status
                    order by j.array_id, j.array_index
                    """)
            .bindList("arrays", List.copyOf(arrayIds))
            .bind("status", status)
            .mapTo(Job.class)
            .list());
  }

  /** The member of an array at that place. */
  List<Job> member(String arrayId, int index) {
    return jdbi.inTransaction(tx ->
        tx.createQuery(JOBS + "where j.array_id = :array and j.array_index = :index")
            .bind("array", arrayId)
            .bind("index", index)
            .mapTo(Job.class)
            .list());
  }

  List<Array> arrays(Collection<String> arrayIds) {
    return jdbi.inTransaction(tx ->
        tx.createQuery(
                """
                select array_id, min(name) as name, min(queued_at) as queued_at,
                  sum(case status when 'QUEUED' then 1 else 0 end) as queued,
                  sum(case status when 'RUNNING' then 1 else 0 end) as running,
                  sum(case status when 'SUCCEEDED' then 1 else 0 end) as succeeded,
                  sum(case status when 'FAILED' then 1 else 0 end) as failed
                from execution.local_jobs where array_id in (<arrays>)
                group by array_id
                """)
            .bindList("arrays", List.copyOf(arrayIds))
            .mapTo(Array.class)
            .list());
  }

  /** Ends a job whose worker is gone, unless it has ended, or was taken by another, meanwhile. */
  void lose(Job job, String reason) {
    jdbi.useTransaction(tx ->
        tx.createUpdate(
                """
                update execution.local_jobs
                set status = 'FAILED', reason = :reason, ended_at = execution.clock()
                where id = :id and status = 'RUNNING' and worker_id = :worker
                """)
            .bind("reason", reason)
            .bind("id", job.id())
            .bind("worker", job.workerId())
            .execute());
  }

  /**
   * Ends what is queued, asks for the end of what runs. In this order, for what is taken in between
   * is running when the second statement comes.
   */
  void terminate(Collection<Long> ids, String reason) {
    terminate("id", ids, reason);
  }

  /** The same of all members of arrays. */
  void terminateArrays(Collection<String> arrayIds, String reason) {
    terminate("array_id", arrayIds, reason);
  }

  private void terminate(String column, Collection<?> ids, String reason) {
    jdbi.useTransaction(tx -> {
      terminate(
          tx,
          """
          update execution.local_jobs
          set status = 'FAILED', reason = :reason, terminate_reason = :reason,
            ended_at = execution.clock()
          where status = 'QUEUED' and %s in (<ids>)
          """
              .formatted(column),
          ids,
          reason);
      terminate(
          tx,
          """
          update execution.local_jobs set terminate_reason = :reason
          where status = 'RUNNING' and terminate_reason is null and %s in (<ids>)
          """
              .formatted(column),
          ids,
          reason);
    });
  }

  private static void terminate(Handle tx, String sql, Collection<?> ids, String reason) {
    tx.createUpdate(sql).bindList("ids", List.copyOf(ids)).bind("reason", reason).execute();
  }

  /** Jobs of this machine that have not ended. */
  int unfinished() {
    return jdbi.inTransaction(tx ->
        tx.createQuery(
                """
                select count(*) from execution.local_jobs
                where status in ('QUEUED', 'RUNNING') and host = :host
                """)
            .bind("host", host)
            .mapTo(int.class)
            .one());
  }

  /** Workers of this machine that beat, as far as the rows say. */
  List<Worker> workers() {
    return jdbi.inTransaction(tx ->
        tx.createQuery(
                """
                select id, pid, slots from execution.local_workers
                where host = :host and stopped_at is null
                  and beat_at > execution.clock() - interval '10' second
                """)
            .bind("host", host)
            .mapTo(Worker.class)
            .list());
  }

  /** A worker whose process is gone will not say so itself. */
  void stopped(String workerId) {
    jdbi.useTransaction(tx ->
        tx.execute(
            "update execution.local_workers set stopped_at = execution.clock() where id = ?",
            workerId));
  }
}
