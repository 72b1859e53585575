package dev.core.common.protocol.jdbc;

import dev.core.common.protocol.jdbc.JdbcLocalJobs.Worker;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Local jobs through the functions that the role {@code corebot_local} may call. */
record PostgresLocal() implements LocalStatements {

  @Override
  public void beat(Handle handle, Worker worker, int slots) {
    call(
        handle,
        "select execution.local_beat(?, ?, ?, ?)",
        worker.id(),
        worker.host(),
        worker.pid(),
        slots);
  }

  @Override
  public void stop(Handle handle, String workerId) {
    call(handle, "select execution.local_stop(?)", workerId);
  }

  @Override
  public List<Row> take(Handle handle, String workerId, String host, int max) {
    return handle
        .createQuery(
            """
            select job_id as id, token, partition_index, request
            from execution.local_take(:worker, :host, :max)
            """)
        .bind("worker", workerId)
        .bind("host", host)
        .bind("max", max)
        .mapTo(Row.class)
        .list();
  }

  @Override
  public List<Row> held(Handle handle, String workerId) {
    return handle
        .createQuery(
            """
            select job_id as id, token, partition_index, request
            from execution.local_held(:worker)
            """)
        .bind("worker", workerId)
        .mapTo(Row.class)
        .list();
  }

  @Override
  public List<Termination> terminations(Handle handle, String workerId) {
    return handle
        .createQuery("select job_id, reason from execution.local_terminations(:worker)")
        .bind("worker", workerId)
        .mapTo(Termination.class)
        .list();
  }

  @Override
  public void end(Handle handle, String workerId, List<End> ends) {
    handle
        .createQuery(
            """
            select execution.local_end(:worker, e.job_id, e.exit_code = 0, e.exit_code, e.reason)
            from unnest(:jobs, :exit_codes, :reasons) as e (job_id, exit_code, reason)
            """)
        .bind("worker", workerId)
        .bindArray("jobs", Long.class, ends.stream().map(End::jobId).toList())
        .bindArray("exit_codes", Integer.class, ends.stream().map(End::exitCode).toList())
        .bindArray("reasons", String.class, ends.stream().map(End::reason).toList())
        .mapTo(Boolean.class)
        .list();
  }

  private static void call(Handle handle, String sql, @Nullable Object... arguments) {
    handle.execute(sql, arguments);
  }
}
