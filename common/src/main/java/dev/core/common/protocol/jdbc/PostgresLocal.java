package dev.core.common.protocol.jdbc;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Local jobs through the functions that the role {@code corebot_local} may call. */
record PostgresLocal() implements LocalStatements {

  @Override
  public void beat(Handle handle, String workerId, String host, long pid, int slots) {
    call(handle, "select execution.local_beat(?, ?, ?, ?)", workerId, host, pid, slots);
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
  public void end(
      Handle handle,
      String workerId,
      long jobId,
      boolean succeeded,
      int exitCode,
      @Nullable String reason) {
    call(
        handle,
        "select execution.local_end(?, ?, ?, ?, cast(? as text))",
        workerId,
        jobId,
        succeeded,
        exitCode,
        reason);
  }

  private static void call(Handle handle, String sql, @Nullable Object... arguments) {
    handle.execute(sql, arguments);
  }
}
