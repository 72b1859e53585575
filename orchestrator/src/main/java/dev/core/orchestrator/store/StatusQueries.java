package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.RunStatus;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads how an installation stands. Thread-safe; works also while nobody leads. */
public final class StatusQueries {

  private final Jdbi jdbi;
  private final int tasksAtOnce;

  /**
   * @param tasksAtOnce what an orchestrator may have at the backend
   */
  public StatusQueries(Jdbi jdbi, int tasksAtOnce) {
    this.jdbi = jdbi;
    this.tasksAtOnce = tasksAtOnce;
  }

  public InstallationStatus read() {
    var orchestrators = new OrchestratorRows(jdbi).alive();
    return jdbi.inTransaction(handle ->
        new InstallationStatus(
            Leadership.read(handle),
            orchestrators,
            runs(handle),
            number(
                handle,
                """
                select count(*) from execution.runs
                where quarantined_at is not null and status in ('QUEUED', 'RUNNING', 'CANCELLING')
                """),
            tasks(handle, "'READY'"),
            tasks(handle, "'SUBMITTED', 'RUNNING', 'CANCELLING'"),
            tasksAtOnce));
  }

  private static Map<RunStatus, Integer> runs(Handle handle) {
    var runs = new EnumMap<RunStatus, Integer>(RunStatus.class);
    handle
        .createQuery(
            """
            select status, count(*) as runs from execution.runs
            where status in ('QUEUED', 'RUNNING', 'CANCELLING') group by status
            """)
        .map((row, _) -> runs.put(RunStatus.valueOf(row.getString("status")), row.getInt("runs")))
        .list();
    return runs;
  }

  private static int tasks(Handle handle, String statuses) {
    return number(
        handle,
        """
        select count(*) from execution.tasks
        where status in (%s) and run_id in (
          select id from execution.runs where status in ('RUNNING', 'CANCELLING'))
        """
            .formatted(statuses));
  }

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(Integer.class).one();
  }
}
