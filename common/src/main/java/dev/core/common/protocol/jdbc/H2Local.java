package dev.core.common.protocol.jdbc;

import dev.core.common.protocol.jdbc.JdbcLocalJobs.Worker;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Local jobs on H2: the statements that the functions of Postgres consist of. */
record H2Local() implements LocalStatements {

  @Override
  public void beat(Handle handle, Worker worker, int slots) {
    int known =
        handle.execute(
            """
            update execution.local_workers
            set beat_at = execution.clock(), slots = ?, stopped_at = null
            where id = ?
            """,
            slots,
            worker.id());
    if (known == 0) {
      handle.execute(
          """
          insert into execution.local_workers
            (id, host, pid, slots, notice_port, started_at, beat_at)
          values (?, ?, ?, ?, ?, execution.clock(), execution.clock())
          """,
          worker.id(),
          worker.host(),
          worker.pid(),
          slots,
          worker.noticePort());
    }
  }

  @Override
  public void stop(Handle handle, String workerId) {
    handle.execute(
        "update execution.local_workers set stopped_at = execution.clock() where id = ?", workerId);
  }

  /**
   * Looks before it locks: most looks find nothing. A job that another worker took in between is
   * left out by the second condition, and found out by counting.
   */
  @Override
  public List<Row> take(Handle handle, String workerId, String host, int max) {
    var queued =
        handle
            .createQuery(
                """
                select id, token, partition_index, request from execution.local_jobs
                where status = 'QUEUED' and host = :host and terminate_reason is null
                order by id limit :max
                """)
            .bind("host", host)
            .bind("max", max)
            .mapTo(Row.class)
            .list();
    if (queued.isEmpty()) {
      return queued;
    }
    int taken =
        handle
            .createUpdate(
                """
                update execution.local_jobs
                set status = 'RUNNING', worker_id = :worker, taken_at = execution.clock()
                where id = any(:ids) and status = 'QUEUED'
                """)
            .bind("worker", workerId)
            .bindArray("ids", Long.class, queued.stream().map(Row::id).toList())
            .execute();
    if (taken == queued.size()) {
      return queued;
    }
    var mine = held(handle, workerId);
    return queued.stream().filter(mine::contains).toList();
  }

  @Override
  public List<Row> held(Handle handle, String workerId) {
    return handle
        .createQuery(
            """
            select id, token, partition_index, request from execution.local_jobs
            where status = 'RUNNING' and worker_id = :worker
            order by id
            """)
        .bind("worker", workerId)
        .mapTo(Row.class)
        .list();
  }

  @Override
  public List<Termination> terminations(Handle handle, String workerId) {
    return handle
        .createQuery(
            """
            select id as job_id, terminate_reason as reason from execution.local_jobs
            where status = 'RUNNING' and worker_id = :worker and terminate_reason is not null
            """)
        .bind("worker", workerId)
        .mapTo(Termination.class)
        .list();
  }

  /** Successes need no words, so they go in one statement. */
  @Override
  public void end(Handle handle, String workerId, List<End> ends) {
    var succeeded = ends.stream().filter(End::succeeded).map(End::jobId).toList();
    if (!succeeded.isEmpty()) {
      handle
          .createUpdate(
              """
              update execution.local_jobs
              set status = 'SUCCEEDED', exit_code = 0, ended_at = execution.clock()
              where id = any(:ids) and worker_id = :worker and status = 'RUNNING'
              """)
          .bindArray("ids", Long.class, succeeded)
          .bind("worker", workerId)
          .execute();
    }
    ends.stream().filter(end -> !end.succeeded()).forEach(end -> fail(handle, workerId, end));
  }

  private static void fail(Handle handle, String workerId, End end) {
    handle.execute(
        """
        update execution.local_jobs
        set status = 'FAILED', exit_code = ?, reason = ?, ended_at = execution.clock()
        where id = ? and worker_id = ? and status = 'RUNNING'
        """,
        end.exitCode(),
        end.reason(),
        end.jobId(),
        workerId);
  }
}
