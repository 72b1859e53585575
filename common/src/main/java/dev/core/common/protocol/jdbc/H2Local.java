package dev.core.common.protocol.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Local jobs on H2: the statements that the functions of Postgres consist of. */
record H2Local() implements LocalStatements {

  @Override
  public void beat(Handle handle, String workerId, String host, long pid, int slots) {
    int known =
        handle.execute(
            """
            update execution.local_workers
            set beat_at = execution.clock(), slots = ?, stopped_at = null
            where id = ?
            """,
            slots,
            workerId);
    if (known == 0) {
      handle.execute(
          """
          insert into execution.local_workers (id, host, pid, slots, started_at, beat_at)
          values (?, ?, ?, ?, execution.clock(), execution.clock())
          """,
          workerId,
          host,
          pid,
          slots);
    }
  }

  @Override
  public void stop(Handle handle, String workerId) {
    handle.execute(
        "update execution.local_workers set stopped_at = execution.clock() where id = ?", workerId);
  }

  /**
   * Looks before it locks: most looks find nothing. A job that another worker took in between is
   * left out by the second condition.
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
    var taken = new ArrayList<Row>();
    for (var row : queued) {
      int updated =
          handle.execute(
              """
              update execution.local_jobs
              set status = 'RUNNING', worker_id = ?, taken_at = execution.clock()
              where id = ? and status = 'QUEUED'
              """,
              workerId,
              row.id());
      if (updated > 0) {
        taken.add(row);
      }
    }
    return taken;
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

  @Override
  public void end(
      Handle handle,
      String workerId,
      long jobId,
      boolean succeeded,
      int exitCode,
      @Nullable String reason) {
    handle.execute(
        """
        update execution.local_jobs
        set status = ?, exit_code = ?, reason = ?, ended_at = execution.clock()
        where id = ? and worker_id = ? and status = 'RUNNING'
        """,
        succeeded ? "SUCCEEDED" : "FAILED",
        exitCode,
        reason,
        jobId,
        workerId);
  }
}
